"""The commands of the command line (命令行): each a module with its options, `add`, and its work, `run`."""
