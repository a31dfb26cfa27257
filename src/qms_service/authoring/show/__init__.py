"""Show (规则册成文): a rulebook as a document that a quality manager would sign."""

from qms_service.authoring.show.build import Differing, build
from qms_service.authoring.show.chart import Chart, Edge, Node
from qms_service.authoring.show.document import Document, Name, Section, Table
from qms_service.authoring.show.drawing import svg
from qms_service.authoring.show.flow import flow_chart
from qms_service.authoring.show.html import html
from qms_service.authoring.show.markdown import markdown
from qms_service.authoring.show.mermaid import mermaid
from qms_service.authoring.show.voice import Voice

__all__ = [
    "Chart", "Differing", "Document", "Edge", "Name", "Node", "Section", "Table", "Voice", "build", "flow_chart",
    "html", "markdown", "mermaid", "svg",
]  # fmt: skip
