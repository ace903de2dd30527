export default "detected";
