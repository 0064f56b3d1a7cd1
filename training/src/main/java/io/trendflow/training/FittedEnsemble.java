package io.trendflow.training;

import io.trendflow.model.Tree;
import java.util.List;

/**
 * Result of a learner.
 *
 * @param baseValue constant that is added to the sum of the trees
 */
record FittedEnsemble(double baseValue, List<Tree> trees) {}
