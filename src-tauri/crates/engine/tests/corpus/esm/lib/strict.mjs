export default [this === undefined, typeof require, typeof module, typeof exports, typeof __filename];
