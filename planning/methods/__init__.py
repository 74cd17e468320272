"""The maths behind the plan: plain functions on numbers, arrays and Series, for any field of work.

scoring      shares, weighted sums, scales brought to 0 to 1
agreement    how far two groups differ, how far several raters agree
comparisons  whether groups differ by more than chance, also in several places at once
intervals    ranges around shares, means, promoter scores and quadrants
control      process limits, signals, assurance against a target, the season taken out
season       whether a season is worth taking out
progress     share of the way to a target, its status, share of time passed
conditions   what a choice must keep to, and what breaks when it cannot
portfolio    the best choice under ceilings, the naive order, the frontier
coverage     a small set of options that reaches everything
regret       what an option loses in each future
suppression  which small groups to hide
"""
