"""What commands that ask cost, by how much is stored."""
