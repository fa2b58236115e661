import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import { type CpuKind, cpuDescription } from "../../protocol/device/cpu-description";
import type { BackendName } from "../../protocol/messages";
import { TrainingBackend } from "../backend/backend";
import { compiledSteps } from "../compiled/in-use";

const optionalFeatures: readonly GPUFeatureName[] = ["timestamp-query", "subgroups", "shader-f16"];

/** Requests a device with the adapter's limits: more storage buffers per program and larger buffers than by default. */
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
  /** Vendor and architecture as reported by the browser, or the kind of backend where there is no adapter. */
  readonly device: string;
  /** True if the CPU does the computing. */
  readonly software: boolean;
  /** Resolves when the GPU is taken away (driver reset, `GPUDevice.destroy`); never on WebGL and CPU. */
  readonly lost: Promise<string>;
}

export interface BackendOptions {
  /** On WASM: whole steps as single functions (default), instead of operation by operation. */
  readonly compiled?: boolean | undefined;
  /** Of compiled steps; by default one for each core where the page may share memory. */
  readonly threads?: number | undefined;
}

/**
 * Makes `name` the backend of tfjs. Starting WebGPU again discards its earlier tensors.
 * @throws Error when this machine does not offer the backend
 */
export async function startBackend(
  name: BackendName,
  { compiled = true, threads: wanted }: BackendOptions = {},
): Promise<StartedBackend> {
  if (name === "wasm") {
    const { startWasm } = await import("../backend/wasm/start");
    const threads = await startWasm();
    const kind = compiled ? await startCompiling(wanted) : stopCompiling();
    return {
      name,
      device: cpuDescription({ threads, kind }),
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

/** Returns how steps are compiled: whether multiply and add are one instruction decides about the last bits of results. */
async function startCompiling(threads?: number): Promise<CpuKind> {
  const { CompiledSteps, hasVectors } = await import("../compiled/compiled-steps");
  if (!hasVectors()) return "without SIMD";
  const { relaxed } = compiledSteps() ?? CompiledSteps.start({ threads });
  return relaxed ? "compiled steps with relaxed SIMD" : "compiled steps with SIMD";
}

function stopCompiling(): undefined {
  compiledSteps()?.dispose();
}
