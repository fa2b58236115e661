export { loadGraphModel } from "@tensorflow/tfjs-converter";
