Which shard a task of an array job is, by the variables of its scheduler:

  $ echo 'return { inputs = { 0, 1 }, targets = { 0, 1 }, epochs = 1, sweep = { seed = { 1, 2, 3, 4, 5, 6 } } }' > s.lua
  $ task() { # variables, then --shard's value: the file that is written
  >   rm -rf results; n=$#; last=$(eval echo "\$$n"); set -- $(echo "$@" | sed "s, [^ ]*\$,,")
  >   env "$@" luron sweep -q s.lua --shard "$last" > /dev/null && ls results | sed 's,s-[0-9a-f]*.,,'
  > }
  $ task SLURM_ARRAY_TASK_ID=14 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_STEP=2 auto
  3-of-3.db
  $ task SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=0 auto/3
  1-of-3.db
  $ task PBS_ARRAY_INDEX=2 auto/3
  2-of-3.db
  $ task PBS_ARRAYID=3 auto/3
  3-of-3.db
  $ task LSB_JOBINDEX=1 auto/3
  1-of-3.db
  $ task SGE_TASK_ID=9 SGE_TASK_FIRST=5 SGE_TASK_LAST=10 SGE_TASK_STEPSIZE=4 auto
  2-of-2.db
  $ task SGE_TASK_ID=9 SGE_TASK_FIRST=5 SGE_TASK_LAST=9 SGE_TASK_STEPSIZE=4 auto/2
  2-of-2.db
  $ task AWS_BATCH_JOB_ARRAY_INDEX=2 AWS_BATCH_JOB_ARRAY_SIZE=3 auto
  3-of-3.db
  $ task JOB_COMPLETION_INDEX=0 auto/2
  1-of-2.db

Slurm's tasks are shards without a word; the variables of a job that is no array are none:

  $ rm -rf results; env SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_COUNT=2 SLURM_ARRAY_TASK_MIN=1 luron sweep -q s.lua > /dev/null
  $ ls results | sed 's,s-[0-9a-f]*.,,'
  2-of-2.db
  $ task LSB_JOBINDEX=0 SGE_TASK_ID=undefined PBS_ARRAY_INDEX=1 auto/2
  1-of-2.db

What is wrong:

  $ task A=1 auto/64
  command line: --shard: "auto/64", but this is no task of an array job: none of SLURM_ARRAY_TASK_ID, PBS_ARRAY_INDEX, PBS_ARRAYID, LSB_JOBINDEX, SGE_TASK_ID, AWS_BATCH_JOB_ARRAY_INDEX and JOB_COMPLETION_INDEX is set; write 2/7, which of how many
  [2]
  $ task LSB_JOBINDEX=0 auto
  command line: --shard: "auto", but this is no task of an array job: none of SLURM_ARRAY_TASK_ID, PBS_ARRAY_INDEX, PBS_ARRAYID, LSB_JOBINDEX, SGE_TASK_ID, AWS_BATCH_JOB_ARRAY_INDEX and JOB_COMPLETION_INDEX is set; write 2/7, which of how many
  [2]
  $ task PBS_ARRAYID=1 JOB_COMPLETION_INDEX=0 auto/2
  command line: --shard: "auto/2", but both PBS_ARRAYID of Torque and JOB_COMPLETION_INDEX of Kubernetes are set; unset one of them, or write 2/7, which of how many
  [2]
  $ task PBS_ARRAY_INDEX=1 auto
  command line: --shard: PBS does not say how many tasks the array has; write auto/64 for an array of 64
  [2]
  $ task AWS_BATCH_JOB_ARRAY_INDEX=1 AWS_BATCH_JOB_ARRAY_SIZE=3 auto/4
  command line: --shard: "auto/4", but the array of AWS Batch has 3 tasks
  [2]
  $ task PBS_ARRAY_INDEX=0 auto/4
  command line: --shard: PBS_ARRAY_INDEX is 0, but 4 tasks of PBS are numbered from 1 to 4; submit the array so, or write 2/7, which of how many
  [2]
  $ task JOB_COMPLETION_INDEX=4 auto/4
  command line: --shard: JOB_COMPLETION_INDEX is 4, but 4 tasks of Kubernetes are numbered from 0 to 3; submit the array so, or write 2/7, which of how many
  [2]
  $ env SLURM_ARRAY_TASK_ID=4 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=2 luron sweep s.lua
  command line: --shard: SLURM_ARRAY_TASK_ID is 4, but 3 tasks of Slurm are numbered from 1 to 5 in equal steps; submit the array so, or write 2/7, which of how many
  [2]
  $ task PBS_ARRAY_INDEX=1x auto/4
  command line: --shard: the variable PBS_ARRAY_INDEX is "1x", and not a whole number from 0
  [2]
  $ task SGE_TASK_ID=1 SGE_TASK_FIRST=-1 SGE_TASK_LAST=4 auto
  command line: --shard: the variable SGE_TASK_FIRST is "-1", and not a whole number from 0
  [2]
  $ task PBS_ARRAY_INDEX=1 auto/0
  command line: --shard: "auto/0" is not of the form 2/7, which of how many, or auto/7
  [2]
  $ task PBS_ARRAY_INDEX=1 automatic
  command line: --shard: "automatic" is not of the form 2/7, which of how many, or auto/7
  [2]
  $ task PBS_ARRAY_INDEX=1 auto/4/4
  command line: --shard: "auto/4/4" is not of the form 2/7, which of how many, or auto/7
  [2]
