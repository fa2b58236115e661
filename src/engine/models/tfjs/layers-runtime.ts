export { loadLayersModel, model as modelOf } from "@tensorflow/tfjs-layers";
