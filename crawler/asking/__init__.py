"""What people ask of the database and how it is shown to them. Pure: no database, no files, no terminal."""
