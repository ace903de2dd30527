export default class X {}; export const q=1
