/** Test-only entry (AssemblyScript): the generator, its streams and its samplers. */
export { fillUniform, jump, nextU64, openUniform, seed } from "../../assembly/random/xoshiro";
export { fillNormal } from "../../assembly/random/normal";
export { fillExponential } from "../../assembly/random/exponential";
