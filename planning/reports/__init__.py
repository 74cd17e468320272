"""From a plan to a folder of pages: notebooks run, pages made, everything in place or nothing."""
