// The v8 module: its serialization, byte for byte, and figures of the heap as far as there are any.
export default function (exports, require, _module, internal) {
  const { Serializer, Deserializer, DefaultSerializer, DefaultDeserializer } = require('internal/wire');
  const { control } = internal;
  const { refuser } = require('internal/refusing');
  const why = 'the engine here is not V8';

  Object.assign(exports, {
    Serializer,
    Deserializer,
    DefaultSerializer,
    DefaultDeserializer,
    serialize(value) {
      const writer = new DefaultSerializer();
      writer.writeHeader();
      writer.writeValue(value);
      return writer.releaseBuffer();
    },
    deserialize(bytes) {
      const reader = new DefaultDeserializer(bytes);
      reader.readHeader();
      return reader.readValue();
    },
    cachedDataVersionTag: () => 0,
    getHeapStatistics: () => ({
      total_heap_size: control.memory(),
      total_heap_size_executable: 0,
      total_physical_size: control.memory(),
      total_available_size: Math.max(0, control.memoryLimit() - control.memory()),
      used_heap_size: control.memory(),
      heap_size_limit: control.memoryLimit(),
      malloced_memory: control.memory(),
      peak_malloced_memory: control.memory(),
      does_zap_garbage: 0,
      number_of_native_contexts: 1,
      number_of_detached_contexts: 0,
      total_global_handles_size: 0,
      used_global_handles_size: 0,
      external_memory: 0,
    }),
    getHeapSpaceStatistics: () => [],
    getHeapCodeStatistics: () => ({ code_and_metadata_size: 0, bytecode_and_metadata_size: 0, external_script_source_size: 0, cpu_profiler_metadata_size: 0 }),
    setFlagsFromString() {},
    takeCoverage() {},
    stopCoverage() {},
    setHeapSnapshotNearHeapLimit() {},
  });
  for (const name of ['getHeapSnapshot', 'writeHeapSnapshot', 'queryObjects']) exports[name] = refuser(`v8.${name}()`, name, why);
  exports.GCProfiler = require('internal/refusing').classOf('v8.GCProfiler', 'GCProfiler', why, undefined, ['start', 'stop']);
  const group = (name, members) => {
    exports[name] = {};
    for (const one of members) exports[name][one] = refuser(`v8.${name}.${one}()`, one, why);
  };
  group('promiseHooks', ['createHook', 'onInit', 'onBefore', 'onAfter', 'onSettled']);
  group('startupSnapshot', ['addDeserializeCallback', 'addSerializeCallback', 'setDeserializeMainFunction']);
  exports.startupSnapshot.isBuildingSnapshot = () => false;
}
