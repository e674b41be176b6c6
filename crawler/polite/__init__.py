"""How a site is treated: decisions on plain data, without I/O. The middlewares and extensions carry them out."""
