"""A protocol as a graph, in DOT and Mermaid."""
