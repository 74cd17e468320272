"""Controls to try things with: each shows what an analysis says of a draft, and puts what is tried into it."""
