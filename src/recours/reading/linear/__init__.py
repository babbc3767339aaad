"""Linear classifiers of sentences: what they see of one, and the sums that they make.

Comes in: a folded sentence and a model's weights.  Goes out: a logit for each label.
Never: anything that learns; scikit-learn fits the weights (``tools/linear.py``), which the package ships.
"""
