package io.trendflow.training;

import io.trendflow.model.Tree;
import java.util.List;

/**
 * What a learner gives.
 *
 * @param baseValue added to what the trees add up to
 */
record FittedEnsemble(double baseValue, List<Tree> trees) {}
