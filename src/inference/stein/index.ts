/** Particles moved by Stein's method. */

export { stein, type SteinOptions, SteinParticles, type SteinProgress } from './stein';
