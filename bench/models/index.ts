/** The posteriors of the benchmark. */
import type { Candidate } from '../subject';
import { autoregression } from './autoregression';
import { diamonds } from './diamonds';
import { eightSchools } from './eight-schools';
import { garch } from './garch';
import { gaussian } from './gaussian';
import { gaussianProcess } from './gaussian-process';
import { hiddenMarkov } from './hidden-markov';
import { hierarchical } from './hierarchical';
import { itemResponse } from './item-response';
import { linear } from './linear';
import { logistic } from './logistic';
import { lotkaVolterra } from './lotka-volterra';
import { normalMixture } from './mixture';
import { multinomialLogit } from './multinomial-logit';
import { poisson } from './poisson';

export const candidates: readonly Candidate[] = [
  { model: 'eight schools', build: eightSchools },
  { model: 'logistic regression 1000×10', build: () => logistic(1000, 10) },
  { model: 'logistic regression 20000×50', build: () => logistic(20000, 50) },
  { model: 'hierarchical regression 919 in 85', build: () => hierarchical(919, 85) },
  { model: 'linear regression 701×9', build: () => linear(701) },
  { model: 'linear regression 100000×9', build: () => linear(100_000) },
  { model: 'diamonds 5000×24', build: () => diamonds(5000) },
  { model: 'Poisson regression 5000×10', build: () => poisson(5000, 10) },
  { model: 'Gaussian 10', build: () => gaussian(10) },
  { model: 'Gaussian 100', build: () => gaussian(100) },
  { model: 'Gaussian 1000', build: () => gaussian(1000) },
  { model: 'Gaussian 10000', build: () => gaussian(10000) },
  { model: 'GARCH(1,1) T=200', build: () => garch(200) },
  { model: 'AR(5) T=200', build: () => autoregression(200) },
  { model: 'hidden Markov 2 states T=100', build: () => hiddenMarkov(100) },
  { model: 'Gaussian process 100 points', build: () => gaussianProcess(100) },
  { model: 'item response 20×100', build: () => itemResponse(20, 100) },
  { model: 'Lotka–Volterra 20 times', build: () => lotkaVolterra(20) },
  { model: 'mixture of 5, 1000 points', build: () => normalMixture(1000, 5) },
  { model: 'multinomial logit 1000×5×4', build: () => multinomialLogit(1000, 5, 4) },
];
