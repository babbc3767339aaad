"""The command line.  Calls ``app`` only; prints for people, or one JSON object for programs."""
