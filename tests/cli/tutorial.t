The bundled scripts, found beside the program wherever it is called from:

  $ luron tutorial --list | head -5
    00_random.lua            what does a network start from?
    01_untrained.lua         what does a neuron answer before it has learned anything?
    02_learn.lua             how does a neuron learn from its error?
    03_stuck.lua             why does this neuron learn nothing?
    04_bias.lua              what frees the neuron that was stuck?
  $ luron tutorial 4
  A neuron with a bias
  epoch         loss        error       output
      1     0.479964     0.381194     0.618806
     10     0.371814     0.310518     0.689482
    100     0.097194     0.092620     0.907380
    999     0.010203     0.010151     0.989849
  
       input      output      target
           0    0.989859           1
  
  loss 0.010193, 1000 epochs, finished, * (glob)
  $ luron tutorial 04_bias epochs=0 | tail -1
  loss 0.495028, 0 epochs, finished, * (glob)
  $ luron tutorial 4 --quiet
  loss 0.010193, 1000 epochs, finished, * (glob)
  $ luron tutorial -q 04
  loss 0.010193, 1000 epochs, finished, * (glob)
  $ luron tutorial 4 epochs=many
  command line: epochs: "many", but epochs takes a whole number
  [2]
  $ luron tutorial 98
  command line: 98: no such script; see luron tutorial --list
  [2]
  $ luron tutorial nothing
  command line: nothing: no such script; see luron tutorial --list
  [2]

All of them in their order, until one fails:

  $ luron tutorial > all; echo $?
  0
  $ grep '^==' all | head -3
  == 00_random.lua
  == 01_untrained.lua
  == 02_learn.lua
  $ grep -c '^==' all > n_run; luron tutorial --list | wc -l > n_listed; cmp n_run n_listed
