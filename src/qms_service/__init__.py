"""The rules of customer service in a quality management system."""
