// SPDX-License-Identifier: MIT
// Makes weka.lua: what Weka's MultilayerPerceptron computes for the rows of docs/coming-from.md. Not run by the tests.
//     java -cp /usr/share/java/weka.jar OfWeka.java | python3 page.py OfWeka.java "Weka 3.6.14" > weka.lua

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import weka.classifiers.functions.MultilayerPerceptron;
import weka.core.Attribute;
import weka.core.FastVector;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Utils;

class OfWeka {
  static final double[][] INPUTS = {{0.1, 0.9}, {0.8, 0.2}, {-0.5, 0.4}, {0.7, -0.6}};
  static final double[] TARGETS = {0, 1, 1, 0};
  static final int STARTS = 3000;

  static Instances patterns(boolean classes) {
    FastVector both = new FastVector();
    both.addElement("no");
    both.addElement("yes");
    FastVector attributes = new FastVector();
    attributes.addElement(new Attribute("a"));
    attributes.addElement(new Attribute("b"));
    attributes.addElement(classes ? new Attribute("y", both) : new Attribute("y"));
    Instances set = new Instances("case", attributes, 4);
    set.setClassIndex(2);
    for (int i = 0; i < 4; i++) {
      set.add(new Instance(1, new double[] {INPUTS[i][0], INPUTS[i][1], TARGETS[i]}));
    }
    return set;
  }

  // The nodes as the network prints them: each its threshold, then its weights; the outputs come first.
  static List<double[]> nodes(String options, boolean trained, boolean classes) throws Exception {
    MultilayerPerceptron net = new MultilayerPerceptron();
    net.setOptions(Utils.splitOptions(options + " -H 3"));
    if (!trained) { // one epoch that leaves each weight as it is
      net.setTrainingTime(1);
      net.setLearningRate(1e-300);
    }
    net.buildClassifier(patterns(classes));
    List<double[]> found = new ArrayList<>();
    Matcher node = Pattern.compile("Node \\d+\\n    Inputs    Weights\\n((?:    .*\\n)*)").matcher(net.toString());
    while (node.find()) {
      found.add(Arrays.stream(node.group(1).trim().split("\\n")).mapToDouble(l -> {
        String[] words = l.trim().split("\\s+");
        return Double.parseDouble(words[words.length - 1]);
      }).toArray());
    }
    return found;
  }

  static double[][] layer(List<double[]> nodes, int k) {
    int outputs = nodes.size() - 3;
    return (k == 0 ? nodes.subList(outputs, outputs + 3) : nodes.subList(0, outputs)).toArray(new double[0][]);
  }

  static double[] weights(double[] node) {
    return Arrays.copyOfRange(node, 1, node.length);
  }

  static String list(double[] numbers) {
    return Arrays.toString(numbers).replace("[", "{ ").replace("]", " }");
  }

  static String list(String... parts) {
    return "{ " + String.join(", ", parts) + " }";
  }

  static String weightsOf(List<double[]> nodes) {
    return list(Arrays.stream(new int[] {0, 1}).mapToObj(k -> list(Arrays.stream(layer(nodes, k))
        .map(node -> list(weights(node))).toArray(String[]::new))).toArray(String[]::new));
  }

  static String biasesOf(List<double[]> nodes) {
    return list(Arrays.stream(new int[] {0, 1}).mapToObj(k -> list(Arrays.stream(layer(nodes, k))
        .mapToDouble(node -> node[0]).toArray())).toArray(String[]::new));
  }

  static void say(String cell, String name, String value) {
    System.out.println(cell + "\t" + name + "\t" + value);
  }

  static void train(String cell, String options) throws Exception {
    boolean classes = !cell.contains("numeric");
    List<double[]> start = nodes(options, false, classes), end = nodes(options, true, classes);
    Instances order = patterns(classes);
    order.randomize(new Random(0)); // as it does itself
    List<String> inputs = new ArrayList<>(), targets = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      double[] row = order.instance(i).toDoubleArray();
      inputs.add(list(new double[] {row[0], row[1]}));
      targets.add(classes ? list(new double[] {1 - row[2], row[2]}) : "" + row[2]);
    }
    say(cell, "inputs", list(inputs.toArray(new String[0])));
    say(cell, "targets", list(targets.toArray(new String[0])));
    say(cell, "weights", weightsOf(start));
    say(cell, "biases", biasesOf(start));
    List<String> flat = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      for (double[] node : layer(end, k)) {
        for (double w : weights(node)) {
          flat.add("" + w);
        }
      }
      for (double[] node : layer(end, k)) {
        flat.add("" + node[0]);
      }
    }
    say(cell, "parameters", String.join(" ", flat));
  }

  static void start(String cell) throws Exception {
    double[] n = new double[4], squares = new double[4], sizes = new double[4];
    for (int seed = 0; seed < STARTS; seed++) {
      List<double[]> nodes = nodes("-I -C -S " + seed, false, false);
      for (int k = 0; k < 2; k++) {
        for (double[] node : layer(nodes, k)) {
          for (int i = 0; i < node.length; i++) {
            int group = i == 0 ? 2 * k + 1 : 2 * k;
            n[group]++;
            squares[group] += node[i] * node[i];
            sizes[group] += Math.abs(node[i]);
          }
        }
      }
    }
    StringBuilder all = new StringBuilder();
    for (int k = 0; k < 4; k++) {
      all.append(String.format(Locale.ROOT, " %.17g %.17g", Math.sqrt(squares[k] / n[k]), sizes[k] / n[k]));
    }
    say(cell, "start", all.toString().trim());
  }

  public static void main(String[] words) throws Exception {
    String page = Files.readString(Path.of("..", "..", "docs", "coming-from.md"));
    String section = page.substring(page.indexOf("\n## Weka\n")).substring(1);
    section = section.contains("\n## ") ? section.substring(0, section.indexOf("\n## ")) : section;
    for (String line : section.split("\n")) {
      if (!line.startsWith("| ") || !line.contains("`")) {
        continue;
      }
      String cell = line.substring(2).split(" \\| ")[0];
      if (cell.startsWith("the start")) {
        start(cell);
      } else {
        Matcher options = Pattern.compile("`([^`]+)`").matcher(cell);
        options.find();
        train(cell, options.group(1));
      }
    }
  }
}
