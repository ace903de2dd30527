exports.named=1; module.exports.other=2; exports["x y"]=3; exports.handler=1
