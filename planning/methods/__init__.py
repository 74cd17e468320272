"""The maths behind the plan: plain functions on numbers, arrays and Series, for any field of work.

scoring        shares, weighted sums, scales brought to 0 to 1
weighting      weights from swings, ranks and pairs, and how consistent pairs are
voting         the same ballots counted by five rules
acceptability  which places an option takes over many possible weights
stability      how far one weight may move before the order changes
topsis         how near an option comes to the best of everything
standing       places among others: shares below, z-scores
flow           circles in a chain of boxes, and an order in which few arrows cross
agreement      how far two groups differ, how far several raters agree, the two sides they part into
comparisons    whether groups differ by more than chance, also in several places at once
intervals      ranges around shares, means, promoter scores and quadrants
control        process limits, signals, assurance against a target, the season taken out
season         whether a season is worth taking out
trend          two lines through a series
forecast       where a series is heading, and the chance of meeting a target
interrupted    whether level or slope changed where something happened
progress       share of the way to a target, its status, share of time passed
selection      what a choice is made from, and which conditions hold
conditions     what a choice must keep to, and what breaks when it cannot
portfolio      the best choice under ceilings, the naive order, the frontier
programme      which option starts in which year
schedule       which one starts in which month
solver         the exact solver behind portfolio and programme
coverage       a small set of options that reaches everything
regret         what an option loses in each future
suppression    which small groups to hide
"""
