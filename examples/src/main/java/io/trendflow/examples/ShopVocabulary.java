package io.trendflow.examples;

import java.util.List;

/** Vocabulary of the invented shop. */
final class ShopVocabulary {
  static final List<ProductCategory> CATEGORIES =
      List.of(
          category(
              "Kitchen", "mug teapot apron tray", "stoneware enamel cotton bamboo", 9, 330, 0.2),
          category("Candles", "candle tealight lantern diffuser", "soy glass brass", 8, 325, 0.45),
          category(
              "Garden", "planter birdhouse windchime trellis", "zinc pine ceramic", 14, 165, 0.6),
          category(
              "Stationery", "notebook planner postcard pencil", "paper cork linen", 5, 250, 0.3),
          category("Toys", "puzzle plush rattle kite", "wood cotton nylon", 11, 335, 0.5),
          category(
              "Textiles", "cushion blanket rug towel", "wool linen cotton velvet", 19, 300, 0.25),
          category(
              "Jewellery",
              "necklace bracelet earrings brooch",
              "silver brass resin",
              13,
              345,
              0.35),
          category("Bags", "tote backpack purse pouch", "canvas leather jute", 16, 225, 0.2),
          category("Wall Art", "poster canvas mirror clock", "paper oak metal", 21, 20, 0.1),
          category("Party", "garland balloon confetti bunting", "paper foil cotton", 4, 190, 0.25),
          category(
              "Lighting", "lamp nightlight lampshade torch", "paper steel rattan", 24, 320, 0.3),
          category("Festive", "ornament wreath stocking bauble", "glass felt pine", 6, 340, 0.9));

  static final List<String> BRANDS =
      words(
          "Alderwick Brambleco Calico&Pine Dunmore Elmhurst Fennwright Gableton Harrowby Inglebrook Juniperly"
              + " Kestrelle Larkfield Mapleton Northbeck Oakhollow Pemberly Quillstone Rosedale Silverfern Thistledown");

  static final List<String> COLOURS =
      words("blue green red yellow pink grey white black teal mustard");

  static final List<String> MOTIFS =
      words(
          "owl fox hare otter badger heron robin swan deer hedgehog squirrel whale dolphin octopus seahorse turtle"
              + " panda koala sloth llama alpaca flamingo toucan parrot peacock butterfly bee ladybird dragonfly moth"
              + " rose tulip poppy daisy lavender sunflower fern cactus monstera palm olive lemon cherry strawberry"
              + " peach avocado mushroom acorn pumpkin pineapple moon star comet planet rainbow cloud thunder wave"
              + " mountain forest desert island river anchor compass lighthouse sailboat balloonist bicycle tractor"
              + " rocket robot dinosaur dragon unicorn mermaid fairy wizard pirate knight ballerina astronaut circus"
              + " carousel vinyl guitar piano jazz chess origami tartan gingham paisley mosaic marble terrazzo"
              + " leopard zebra giraffe elephant");

  /**
   * Words that people search for together with a product's motif but that the shop does not sell.
   */
  static final List<String> DECOY_TOPICS =
      words(
          "tattoo costume drawing meaning cake wallpaper emoji song movie facts sanctuary clipart makeup nails"
              + " recipe quotes documentary cartoon festival museum photography mythology habitat sticker font"
              + " game plural sounds anatomy legend");

  /** Words that people search for together with a product's noun. */
  static final List<String> DECOY_STYLES =
      words(
          "diy vintage broken giant crochet knitted edible antique inflatable paper holographic 3d animated"
              + " homemade musical invisible medieval tiny lego minecraft");

  private ShopVocabulary() {}

  /** Returns the number of products that can have a motif and noun of their own. */
  static int capacity() {
    return MOTIFS.size() * CATEGORIES.size() * CATEGORIES.get(0).nouns().size();
  }

  private static ProductCategory category(
      String name, String nouns, String materials, double price, int peakDay, double swing) {
    return new ProductCategory(name, words(nouns), words(materials), price, peakDay, swing);
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }
}
