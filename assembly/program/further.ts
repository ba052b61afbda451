/** Dispatch of the instructions that only the full build has. */
import * as e from "./elementwise";
import { gatherPositions } from "./indexing";
import { run } from "./interpreter";
import * as linear from "./linear-algebra";
import { ode } from "./ode";
import { Opcode } from "./opcodes";
import * as special from "./special";

/** Runs one instruction; returns the address behind it. */
export function further(pc: usize): usize {
  const header = load<u32>(pc);
  switch (header & 0xfff) {
    case Opcode.Ode: return ode(pc, run);
    case Opcode.Sin: e.unary<e.Sin>(pc); break;
    case Opcode.Cos: e.unary<e.Cos>(pc); break;
    case Opcode.Erf: e.unary<e.Erf>(pc); break;
    case Opcode.Erfc: e.unary<e.Erfc>(pc); break;
    case Opcode.NormalCdf: e.unary<e.NormalCdf>(pc); break;
    case Opcode.NormalLogCdf: e.unary<e.NormalLogCdf>(pc); break;
    case Opcode.NormalLogCdfDerivative: e.unary<e.NormalLogCdfDerivative>(pc); break;
    case Opcode.LogRisingFactorial: e.binary<special.LogRisingFactorial>(pc); break;
    case Opcode.DigammaDifference: e.binary<special.DigammaDifference>(pc); break;
    case Opcode.Trigamma: e.unary<e.Trigamma>(pc); break;
    case Opcode.TrigammaDifference: e.binary<special.TrigammaDifference>(pc); break;
    case Opcode.GammaLogDensity: special.eachPair<special.GammaLogDensity>(pc); break;
    case Opcode.GammaP: special.eachPair<special.GammaP>(pc); break;
    case Opcode.GammaQ: special.eachPair<special.GammaQ>(pc); break;
    case Opcode.LogGammaP: special.eachPair<special.LogGammaP>(pc); break;
    case Opcode.LogGammaQ: special.eachPair<special.LogGammaQ>(pc); break;
    case Opcode.GammaPByShape: special.eachPair<special.GammaPByShape>(pc); break;
    case Opcode.LogGammaPByShape: special.eachPair<special.LogGammaPByShape>(pc); break;
    case Opcode.LogGammaQByShape: special.eachPair<special.LogGammaQByShape>(pc); break;
    case Opcode.BetaLogDensity: special.eachTriple<special.BetaLogDensity>(pc); break;
    case Opcode.IncBeta: special.eachTriple<special.IncBeta>(pc); break;
    case Opcode.LogIncBeta: special.eachTriple<special.LogIncBeta>(pc); break;
    case Opcode.IncBetaByA: special.eachTriple<special.IncBetaByA>(pc); break;
    case Opcode.IncBetaByB: special.eachTriple<special.IncBetaByB>(pc); break;
    case Opcode.LogIncBetaByA: special.eachTriple<special.LogIncBetaByA>(pc); break;
    case Opcode.LogIncBetaByB: special.eachTriple<special.LogIncBetaByB>(pc); break;
    case Opcode.LogGammaPByPoint: special.eachPair<special.LogGammaPByPoint>(pc); break;
    case Opcode.LogGammaQByPoint: special.eachPair<special.LogGammaQByPoint>(pc); break;
    case Opcode.LogIncBetaByPoint: special.eachTriple<special.LogIncBetaByPoint>(pc); break;
    case Opcode.LogBesselI0: e.unary<special.LogBesselI0>(pc); break;
    case Opcode.BesselRatio: e.unary<special.BesselRatio>(pc); break;
    case Opcode.BesselRatioDerivative: e.unary<special.BesselRatioDerivative>(pc); break;
    case Opcode.NormalQuantile: e.unary<special.NormalQuantile>(pc); break;
    case Opcode.Atan2: e.binary<special.Atan2>(pc); break;
    case Opcode.PoissonQuantile: special.eachPair<special.PoissonQuantile>(pc); break;
    case Opcode.BinomialQuantile: special.eachTriple<special.BinomialQuantile>(pc); break;
    case Opcode.NegativeBinomialQuantile: special.eachTriple<special.NegativeBinomialQuantile>(pc); break;
    case Opcode.TriangularPart: linear.triangularPart(pc); break;
    case Opcode.TriangularSolve: linear.triangularSolve(pc); break;
    case Opcode.UpperCholesky: linear.cholesky(pc); break;
    case Opcode.UpperCholeskyAdjoint: linear.choleskyAdjoint(pc); break;
    case Opcode.BatchedProduct: linear.batchedProduct(pc); break;
    case Opcode.SymmetricUnpack: linear.symmetricUnpack(pc); break;
    case Opcode.SymmetricPack: linear.symmetricPack(pc); break;
    case Opcode.Lu: linear.lu(pc); break;
    case Opcode.LuSolve: linear.solveLu(pc); break;
    case Opcode.SymmetricEigen: linear.symmetricEigen(pc); break;
    case Opcode.GatherPositions: gatherPositions(pc); break;
    default: unreachable();
  }
  return pc + ((header >> 12) << 2);
}
