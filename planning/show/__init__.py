"""What people see: sentences, charts and tables, all through one page and one language."""
