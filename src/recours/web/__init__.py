"""The page at the kitchen table: the same case in a browser, on this machine only.  Calls ``app``, renders, no more."""
