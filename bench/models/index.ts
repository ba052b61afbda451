/** The posteriors of the benchmark. */
import type { Candidate } from '../subject';
import { eightSchools } from './eight-schools';
import { gaussian } from './gaussian';
import { hierarchical } from './hierarchical';
import { logistic } from './logistic';
import { poisson } from './poisson';

export const candidates: readonly Candidate[] = [
  { model: 'eight schools', build: eightSchools },
  { model: 'logistic regression 1000×10', build: () => logistic(1000, 10) },
  { model: 'logistic regression 20000×50', build: () => logistic(20000, 50) },
  { model: 'hierarchical regression 919 in 85', build: () => hierarchical(919, 85) },
  { model: 'Poisson regression 5000×10', build: () => poisson(5000, 10) },
  { model: 'Gaussian 10', build: () => gaussian(10) },
  { model: 'Gaussian 100', build: () => gaussian(100) },
  { model: 'Gaussian 1000', build: () => gaussian(1000) },
  { model: 'Gaussian 10000', build: () => gaussian(10000) },
];
