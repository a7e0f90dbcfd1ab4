A sweep as an array of Slurm jobs and a merge that waits for them; --dry-run prints the script:

  $ cat > "it's.lua" <<'END'
  > return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 5, sweep = { seed = { 1, 2, 3, 4, 5, 6, 7, 8 } } }
  > END
  $ luron sweep "it's.lua" learning_rate=1,2 --slurm 4 -j 2 --dry-run -- --time=10 -p main | sed "s,exec '[^']*','luron',"
  #!/bin/sh
  # 4 shards, and a merge when all of them are done.
  set -e
  job=$(sbatch --parsable '--time=10' '-p' 'main' <<'LURON_END'
  #!/bin/sh
  #SBATCH --job-name=it-s-e25c6e86b0ff
  #SBATCH --array=1-4
  #SBATCH --requeue
  #SBATCH --open-mode=append
  #SBATCH --signal=B:TERM@30
  'luron' sweep 'it'\''s.lua' 'learning_rate=1,2' --jobs '2' --quiet --shard "$SLURM_ARRAY_TASK_ID/4" --output 'results/it-s-e25c6e86b0ff'."$SLURM_ARRAY_TASK_ID"-of-4.db
  LURON_END
  )
  job=${job%%;*}
  merge=$(sbatch --parsable --dependency="afterok:$job" --kill-on-invalid-dep=yes '--time=10' '-p' 'main' <<'LURON_END'
  #!/bin/sh
  #SBATCH --job-name=it-s-e25c6e86b0ff-merge
  #SBATCH --requeue
  'luron' merge 'results/it-s-e25c6e86b0ff.db' 'results/it-s-e25c6e86b0ff'.*-of-4.db
  LURON_END
  )
  echo "submitted: shards $job, merge ${merge%%;*}, into "'results/it-s-e25c6e86b0ff.db'
  $ luron sweep "it's.lua" --slurm 2 -o out.db --dry-run | grep -e --output -e merge | sed "s,exec '[^']*','luron',"
  # 2 shards, and a merge when all of them are done.
  'luron' sweep 'it'\''s.lua' --quiet --shard "$SLURM_ARRAY_TASK_ID/2" --output 'out'."$SLURM_ARRAY_TASK_ID"-of-2.db
  merge=$(sbatch --parsable --dependency="afterok:$job" --kill-on-invalid-dep=yes <<'LURON_END'
  #SBATCH --job-name=out-merge
  'luron' merge 'out.db' 'out'.*-of-2.db
  echo "submitted: shards $job, merge ${merge%%;*}, into "'out.db'
  $ luron sweep "it's.lua" --slurm 2 -o out.db --reuse a.db --reuse "b c.db" --dry-run | grep -c "reuse 'a.db' --reuse 'b c.db' --quiet"
  1
  $ luron sweep "it's.lua" --slurm many
  command line: --slurm: "many" is not a number of shards, from 1
  [2]
  $ luron sweep "it's.lua" --slurm 3 --fresh
  command line: --fresh: does not go with --slurm
  [2]
  $ luron sweep "it's.lua" --slurm 3 --plan
  command line: --plan: does not go with --slurm
  [2]
  $ luron sweep "it's.lua" --slurm 3 --explain
  command line: --explain: does not go with --slurm
  [2]
  $ luron sweep "it's.lua" --slurm 3 -o out.db --expect 'loss < 1' --dry-run | grep expect | sed "s,exec '[^']*','luron',"
  'luron' merge --expect 'loss < 1' 'out.db' 'out'.*-of-3.db
  $ luron sweep "it's.lua" --dry-run
  command line: --slurm: --dry-run goes with it
  [2]
  $ luron sweep --slurm 3 -- "it's.lua"
  command line: --slurm: the script is missing
  [2]
  $ luron sweep "it's.lua" learning_rte=1,2 --slurm 3 --dry-run
  command line: learning_rte: no such field; did you mean learning_rate?
  [2]
  $ echo 'return { { inputs = {0}, targets = {1}, sweep = { seed = {1,2} } }, { inputs = {1}, targets = {1}, sweep = { seed = {1,2} } } }' > two.lua
  $ luron sweep two.lua --slurm 3 --dry-run
  command line: two.lua: returns several experiments, each with a results file of its own; name one of those
  [2]

What it prints is a shell script; here with a stand-in for sbatch that runs each task at once:

  $ mkdir bin && cat > bin/sbatch <<'END'
  > #!/bin/sh
  > cat > job.sh
  > n=$(sed -n 's/^#SBATCH --array=1-//p' job.sh)
  > for i in $(seq ${n:-1}); do SLURM_ARRAY_TASK_ID=$i sh job.sh >> log || exit 1; done
  > echo 17
  > END
  $ chmod +x bin/sbatch
  $ PATH=$PWD/bin:$PATH luron sweep "it's.lua" learning_rate=1,2 -o merged.db --slurm 4 -- --time=10
  submitted: shards 17, merge 17, into merged.db
  $ ls *.db
  merged.1-of-4.db
  merged.2-of-4.db
  merged.3-of-4.db
  merged.4-of-4.db
  merged.db
  $ luron sweep -q "it's.lua" learning_rate=1,2 -o whole.db > /dev/null
  $ luron diff whole.db merged.db
  the same: 16 rows, bit by bit
  $ luron merge --quiet --expect 'runs = 16 and loss < 100' merged.db merged.*-of-4.db
  $ luron merge --expect 'runs = 17' merged.db merged.*-of-4.db
  merged.db: 16 rows from 4 files
  --expect 'runs = 17' does not hold: runs is 16
  [3]
  $ luron merge --expect 'lss < 1' merged.db merged.*-of-4.db
  command line: --expect: lss: no such column; did you mean loss?
  [2]
  $ echo 'exit 1' > bin/sbatch
  $ PATH=$PWD/bin:$PATH luron sweep "it's.lua" --slurm 4
  luron: nothing was submitted, or not all of it; --dry-run prints the script that does it
  [1]

More tasks than an array may have are refused before anything is submitted; scontrol says how many, where there is one:

  $ luron sweep "it's.lua" --slurm 1001 --dry-run | grep array
  command line: --slurm: 1001 is more than the 1000 tasks that an array may have (MaxArraySize 1001, unless slurm.conf says otherwise); write --slurm 1000, whose shards take more runs each
  #SBATCH --array=1-1001
  $ PATH=$PWD/bin:$PATH luron sweep "it's.lua" --slurm 2000
  command line: --slurm: 2000 is more than the 1000 tasks that an array may have (MaxArraySize 1001, unless slurm.conf says otherwise); write --slurm 1000, whose shards take more runs each
  [2]
  $ printf '#!/bin/sh\necho "MaxArraySize            = 2001"\n' > bin/scontrol; chmod +x bin/scontrol
  $ PATH=$PWD/bin:$PATH luron sweep "it's.lua" --slurm 2000 --dry-run | grep array
  #SBATCH --array=1-2000
  $ PATH=$PWD/bin:$PATH luron sweep "it's.lua" --slurm 2001 --dry-run
  command line: --slurm: 2001 is more than the 2000 tasks that an array may have (MaxArraySize 2001); write --slurm 2000, whose shards take more runs each
  [2]

In an array job that was submitted by hand, a task knows its shard from the variables that Slurm sets:

  $ for i in 10 12 14; do
  >   SLURM_ARRAY_TASK_ID=$i SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_STEP=2 luron sweep -q "it's.lua" > /dev/null
  > done; ls results
  it-s-bd34ffbd29f1.1-of-3.db
  it-s-bd34ffbd29f1.2-of-3.db
  it-s-bd34ffbd29f1.3-of-3.db
