/** The script of a worker for chains alone: what a page that samples loads at first. */

import { connect } from './connect';
import { serve } from './serve';

connect((post) => serve(post));
