/** The script of a worker for chains and tasks. */

import { connect } from './connect';
import { perform } from './perform';
import { serve } from './serve';

connect((post) => serve(post, perform));
