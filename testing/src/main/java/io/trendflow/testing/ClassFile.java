package io.trendflow.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a class file that linking needs: what the class declares and what it refers to. Names
 * are written as in class files, with slashes; a member is its name followed by its descriptor.
 */
record ClassFile(
    String name,
    boolean isInterface,
    boolean isAbstract,
    Optional<String> parent,
    List<String> interfaces,
    Set<String> members,
    Set<String> abstractMethods,
    Set<String> usedClasses,
    Set<MemberReference> usedMembers) {

  private static final int INTERFACE = 0x0200;
  private static final int ABSTRACT = 0x0400;

  /** A field or method as the constant pool names it. */
  record MemberReference(String owner, String member, boolean inInterface, boolean isField) {}

  /** Reads a class file, as chapter 4 of the JVM's specification describes it. */
  static ClassFile read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    if (in.readInt() != 0xCAFEBABE) {
      throw new IOException("This is not a class file.");
    }
    in.readInt();
    ConstantPool pool = ConstantPool.read(in);
    int flags = in.readUnsignedShort();
    String name = pool.className(in.readUnsignedShort());
    int parent = in.readUnsignedShort();
    List<String> interfaces = new ArrayList<>();
    for (int i = in.readUnsignedShort(); i > 0; i--) {
      interfaces.add(pool.className(in.readUnsignedShort()));
    }
    Set<String> members = new HashSet<>();
    Set<String> abstractMethods = new HashSet<>();
    readMembers(in, pool, members, new HashSet<>());
    readMembers(in, pool, members, abstractMethods);
    return new ClassFile(
        name,
        (flags & INTERFACE) != 0,
        (flags & ABSTRACT) != 0,
        parent == 0 ? Optional.empty() : Optional.of(pool.className(parent)),
        interfaces,
        members,
        abstractMethods,
        pool.usedClasses(),
        pool.usedMembers());
  }

  private static void readMembers(
      DataInputStream in, ConstantPool pool, Set<String> members, Set<String> abstractMembers)
      throws IOException {
    for (int i = in.readUnsignedShort(); i > 0; i--) {
      int flags = in.readUnsignedShort();
      String member = pool.text(in.readUnsignedShort()) + pool.text(in.readUnsignedShort());
      members.add(member);
      if ((flags & ABSTRACT) != 0) {
        abstractMembers.add(member);
      }
      for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
        in.readUnsignedShort();
        in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
      }
    }
  }

  /** The class whose objects an array of this type holds; empty if they are primitive. */
  private static Optional<String> withoutArray(String type) {
    String element = type.substring(type.lastIndexOf('[') + 1);
    if (element.length() == type.length()) {
      return Optional.of(type);
    }
    return element.startsWith("L")
        ? Optional.of(element.substring(1, element.length() - 1))
        : Optional.empty();
  }

  /** The constants by index: texts, and those that are a tag and up to two indexes. */
  private static final class ConstantPool {
    private static final int CLASS = 7;
    private static final int FIELD = 9;
    private static final int INTERFACE_METHOD = 11;

    private final String[] texts;
    private final int[][] pairs;

    private ConstantPool(int count) {
      texts = new String[count];
      pairs = new int[count][3];
    }

    static ConstantPool read(DataInputStream in) throws IOException {
      int count = in.readUnsignedShort();
      ConstantPool pool = new ConstantPool(count);
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> pool.texts[i] = in.readUTF();
          case 3, 4 -> in.readInt();
          case 5, 6 -> {
            in.readLong();
            i++;
          }
          case 7, 8, 16, 19, 20 -> pool.pairs[i] = new int[] {tag, in.readUnsignedShort(), 0};
          case 9, 10, 11, 12, 17, 18 ->
              pool.pairs[i] = new int[] {tag, in.readUnsignedShort(), in.readUnsignedShort()};
          case 15 -> {
            in.readUnsignedByte();
            in.readUnsignedShort();
          }
          default -> throw new IOException("A class file has no constant of tag " + tag + ".");
        }
      }
      return pool;
    }

    String text(int index) {
      return texts[index];
    }

    String className(int index) {
      return text(pairs[index][1]);
    }

    Set<String> usedClasses() {
      Set<String> classes = new HashSet<>();
      for (int[] pair : pairs) {
        if (pair[0] == CLASS) {
          withoutArray(text(pair[1])).ifPresent(classes::add);
        }
      }
      return classes;
    }

    Set<MemberReference> usedMembers() {
      Set<MemberReference> members = new HashSet<>();
      for (int[] pair : pairs) {
        if (pair[0] >= FIELD && pair[0] <= INTERFACE_METHOD) {
          String owner = className(pair[1]);
          int[] member = pairs[pair[2]];
          members.add(
              new MemberReference(
                  owner.startsWith("[") ? "java/lang/Object" : owner,
                  text(member[1]) + text(member[2]),
                  pair[0] == INTERFACE_METHOD,
                  pair[0] == FIELD));
        }
      }
      return members;
    }
  }
}
