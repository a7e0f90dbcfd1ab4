#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Keras keeps a NaN as the best value for ever if it comes first. EarlyStopping, ModelCheckpoint and ReduceLROnPlateau
# take the first value of what they monitor as the best so far without a look at it, and no later value is below or
# above NaN. So EarlyStopping ends the training after its patience and restores the weights of the first epoch, the one
# that had no value; ModelCheckpoint(save_best_only=True) saves the first epoch and never again; ReduceLROnPlateau
# reduces the rate again and again; however good the later epochs are. A NaN in any later epoch is passed over, as one
# would expect of the first.
#
# Shown with Keras' own metric for counts, Poisson: it is NaN while the network answers below 0, as it may do at the
# start, and the loss that is trained on is finite in each epoch.
#
# Whom it matters to: who monitors a metric that has no value at the start: a deviance, a score 0 / 0, a correlation of
# constant answers.
#
# Version: keras 3.15.1 (with jax 0.10.2; the callbacks are the same on each backend). Source:
# keras/src/callbacks/monitor_callback.py: where there is no best value yet, each value is an improvement.
#
# Exits 0 where this is seen as described, 1 where it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check keras==3.15.1 jax==0.10.2 numpy==2.2.6
cat >"$work/try.py" <<'PYTHON'
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np

x, y = np.ones((8, 1)), np.full((8, 1), 3.0)
EPOCHS = 30


def train(start, *callbacks):
    """A bias that learns to answer 3, from the start on, and its history."""
    model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(
        1, kernel_initializer="zeros", bias_initializer=keras.initializers.Constant(start))])
    model.compile(optimizer=keras.optimizers.SGD(0.05), loss="mse", metrics=[keras.metrics.Poisson(name="poisson")])
    history = model.fit(x, y, validation_data=(x, y), epochs=EPOCHS, verbose=0, shuffle=False, callbacks=callbacks)
    return model, history.history


def both(start, folder):
    stopping = keras.callbacks.EarlyStopping("val_poisson", mode="min", patience=5, restore_best_weights=True)
    model, stopped = train(start, stopping)
    path = os.path.join(folder, f"{start}.weights.h5")
    saving = keras.callbacks.ModelCheckpoint(path, monitor="val_poisson", mode="min", save_best_only=True,
                                             save_weights_only=True)
    saved, whole = train(start, saving)
    saved.load_weights(path)
    answers = [float(np.asarray(m(x))[0, 0]) for m in (model, saved)]
    values = whole["val_poisson"]
    slowed, _ = train(start, keras.callbacks.ReduceLROnPlateau("val_poisson", mode="min", factor=0.5, patience=5,
                                                               min_delta=0))
    rate = float(slowed.optimizer.learning_rate)
    print(f"from {start}: val_poisson {values[0]:.3f} at first, {values[-1]:.3f} at last; epochs {len(values)}, with",
          f"EarlyStopping {len(stopped['loss'])}, best {stopping.best:.3f} of epoch {stopping.best_epoch};",
          f"answer for 3: restored {answers[0]:.3f}, saved {answers[1]:.3f}; rate at last {rate:.4f} of 0.05")
    assert np.all(np.isfinite(whole["loss"]))
    return values, len(stopped["loss"]), stopping, answers, rate


print("keras", keras.__version__)
values, epochs, stopping, answers, rate = both(-4.0, sys.argv[1])
good_values, good_epochs, _, good_answers, good_rate = both(0.5, sys.argv[1])
seen = (np.isnan(values[0]) and np.all(np.isfinite(values[-20:])) and epochs == 6 and np.isnan(stopping.best) and
        stopping.best_epoch == 0 and max(answers) < 0 and rate < 0.01)
seen = (seen and np.all(np.isfinite(good_values)) and good_epochs == EPOCHS and min(good_answers) > 2.5 and
        good_rate > 0.04)
print("as described:", "seen" if seen else "CHANGED")
sys.exit(not seen)
PYTHON
"$work/venv/bin/python" "$work/try.py" "$work"
