"""What writes and checks the project's own generated files; not part of the package."""
