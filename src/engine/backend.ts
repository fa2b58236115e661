import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import type { BackendName } from "../protocol/messages";
import { TrainingBackend } from "./kernels/backend";

const optionalFeatures: readonly GPUFeatureName[] = ["timestamp-query", "subgroups", "shader-f16"];

/** A device with the adapter's own limits: more storage buffers per program and larger buffers than the defaults. */
async function requestDevice(): Promise<{ device: GPUDevice; info: GPUAdapterInfo }> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("This browser offers no WebGPU adapter.");
  const { limits } = adapter;
  const device = await adapter.requestDevice({
    requiredFeatures: optionalFeatures.filter((feature) => adapter.features.has(feature)),
    requiredLimits: {
      maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  });
  return { device, info: adapter.info };
}

export interface StartedBackend {
  readonly name: BackendName;
  /** Vendor and architecture as the browser tells them; "software" adapters are named so. */
  readonly device: string;
  /** Whether the processor does the work. */
  readonly software: boolean;
  /** Resolves when the GPU is taken away (driver reset, `GPUDevice.destroy`); never on WebGL and CPU. */
  readonly lost: Promise<string>;
}

export interface BackendOptions {
  /** On WASM: whole steps as single functions, instead of operation by operation. */
  readonly compiled?: boolean;
}

/** Makes `name` tfjs's backend. Rejects when this machine does not offer it. Earlier tensors of it are gone. */
export async function startBackend(
  name: BackendName,
  { compiled = false }: BackendOptions = {},
): Promise<StartedBackend> {
  if (name === "wasm") {
    const { startWasm } = await import("./kernels/wasm/start-wasm");
    const threads = await startWasm();
    const how = compiled ? `, steps compiled ${await startCompiling()}` : "";
    return {
      name,
      device: `CPU, ${threads} ${threads === 1 ? "thread" : "threads"}${how}`,
      software: true,
      lost: new Promise(() => undefined),
    };
  }
  if (name !== "webgpu") {
    if (!(await tf.setBackend(name))) throw new Error(`This browser offers no ${name} backend.`);
    await tf.ready();
    return {
      name,
      device: name === "webgl" ? "WebGL" : "CPU (JavaScript)",
      software: name === "cpu",
      lost: new Promise(() => undefined),
    };
  }
  const { device, info } = await requestDevice();
  // tfjs computes small tensors on the CPU when it can; in a recorded step such a value would never change again.
  tf.env().set("WEBGPU_CPU_FORWARD", false);
  tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new TrainingBackend(device, info), 4);
  if (!(await tf.setBackend("webgpu")))
    throw new Error("TensorFlow.js could not start on this WebGPU device.");
  await tf.ready();
  const description = [info.vendor, info.architecture, info.description].filter(Boolean).join(" ");
  return {
    name,
    device: description || "WebGPU device",
    software: info.isFallbackAdapter || /swiftshader|llvmpipe|software/i.test(description),
    lost: device.lost.then((reason) => reason.message),
  };
}

/** @returns whether multiply and add are one instruction, which decides about the last bits of results */
async function startCompiling(): Promise<string> {
  const { CompiledSteps, compiledSteps } = await import("./compiled/compiled-steps");
  const { relaxed } = compiledSteps() ?? CompiledSteps.start();
  return relaxed ? "with relaxed multiply-add" : "without relaxed multiply-add";
}
