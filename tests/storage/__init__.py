"""Storage against a real server: MONGODB_URI, or the embedded one."""
