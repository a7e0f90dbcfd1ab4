A script's own values are typed in the kind that the script gave them:

  $ cat > params.lua <<'EOF'
  > return {
  >   params = { noise = 0.5, flip = false, word = "low" },
  >   data = function(p)
  >     return { inputs = { p.noise, 1 }, targets = { p.flip and 1 or 0, p.word == "high" and 1 or 0 } }
  >   end,
  >   epochs = 10, log = false,
  > }
  > EOF
  $ luron run params.lua | head -3
  
       input      output      target
         0.5    0.362954           0
  $ luron run params.lua noise=0.25 flip=true word=high | head -4
  
       input      output      target
        0.25    0.768062           1
           1    0.905597           1
  $ luron run params.lua noise=much
  command line: noise: "much" is not a number, as the script's value is
  [2]
  $ luron run params.lua flip=2
  command line: flip: "2" is not a boolean, as the script's value is
  [2]
  $ luron run params.lua noise=1,2
  command line: noise: 1,2 is several values, and run takes one; write luron sweep params.lua noise=1,2
  [2]

As axes too:

  $ luron sweep params.lua noise=0.25,0.5 word=low,high flip=true,false -o params.db -q >out; luron export params.db --csv | cut -d, -f1-4
  run,flip,noise,word
  1,*,*,* (glob)
  2,*,*,* (glob)
  3,*,*,* (glob)
  4,*,*,* (glob)
  5,*,*,* (glob)
  6,*,*,* (glob)
  7,*,*,* (glob)
  8,*,*,* (glob)
