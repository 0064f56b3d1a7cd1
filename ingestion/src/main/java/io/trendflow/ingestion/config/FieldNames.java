package io.trendflow.ingestion.config;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Known column names of each field, as shops and exporters write them, the most specific first. */
public final class FieldNames {
  private static final String PRODUCT =
      """
      product_id: sku productsku productid product_id stockcode itemid itemcode itemno itemnumber \
      productcode productno productnumber articleid articleno articlenumber articlecode asin \
      variantsku lineitemsku skuid merchantsku sellersku idproduit codeproduit refproduit \
      referenceproduit idarticle codearticle refarticle referencearticle reference ref styleid \
      stylecode externalcode gtin ean ean13 upc barcode codebarre codebarres materialnumber \
      handle product article item produit \
      productvariantsku variantcode customsku customlabel skucode itemnbr itemsku \
      articlesku material materialnummer artikelnummer artikelnr artnr artikel produktnummer \
      produktnr produktid produkt produktcode systemid listingid referencia \
      codigo codice codicearticolo
      name: name productname producttitle itemname articlename title productdescription \
      itemdescription description lineitemname nom nomproduit nomarticle libelle libelleproduit \
      libellearticle designation intitule titre \
      item product bezeichnung artikelbezeichnung artikelname produktname produktbezeichnung \
      materialkurztext kurztext nombre nome articulo producto articolo prodotto
      category: category productcategory categoryname itemcategory producttype type department \
      subcategory productgroup group family class categorie categorieproduit famille rayon \
      sousfamille gamme \
      kategorie warengruppe produktgruppe produktkategorie abteilung sortiment \
      productcategoryname categoria
      brand: brand brandname vendor manufacturer maker marque fabricant label \
      hersteller marca
      currency: currency currencycode devise monnaie \
      wahrung waehrung currencyiso moneda valuta
      """;

  private static final String SALES =
      PRODUCT
          + """
          date: date saledate salesdate dateofsale orderdate dateoforder orderedat orderedon \
          invoicedate purchasedate purchasedat purchasedon transactiondate createdat datetime \
          timestamp soldat soldon day calendardate businessdate datevente datedevente \
          datecommande datedecommande datefacture datedefacture dateachat jour time week \
          weekstart weekstarting semaine ds \
          createdtime ordercreatedat ordercreatedtime completedtime completedat completeddate \
          ordertime saletime timeofsale purchasetime orderpurchasetimestamp purchasetimestamp \
          datecreated dateplaced orderplaced placedat transactiontime paidtime paidat datepaid \
          month mois period periode datum belegdatum bestelldatum verkaufsdatum \
          rechnungsdatum auftragsdatum buchungsdatum kaufdatum kalendertag tag woche monat fecha \
          fechapedido fechaventa data datavendita dataordine mes giorno mese reportingdate
          units: units unitssold unitsordered quantity qty quantitysold qtysold quantityordered \
          qtyordered orderquantity orderqty lineitemquantity itemssold itemquantity netquantity \
          salesquantity salesunits saleunits soldunits quantite qte quantitevendue qtevendue \
          quantitecommandee nbventes nombreventes unites unitesvendues volume pieces sold \
          netitemssold itemspurchased unitspurchased unitsales quantityrefund netunits netqty \
          netquantitysold qtyshipped quantityshipped unitsshipped quantitypurchased quantityinvoiced \
          qtyinvoiced pcs menge anzahl stuck stuckzahl verkauftemenge verkaufsmenge absatz \
          absatzmenge bestellmenge verkauftestuckzahl cantidad unidades quantita qta pezzi quantidade
          unit_price: unitprice priceperunit itemprice sellingprice saleprice lineitemprice price \
          prixunitaire prixunitairettc prixunitaireht pu puttc puht prixvente prixdevente prix \
          prixttc \
          retail unitretail itemcost sellprice soldfor skuunitoriginalprice pricepaid \
          stuckpreis einzelpreis verkaufspreis vkpreis vk preis precio preciounitario prezzo \
          prezzounitario
          revenue: revenue netrevenue grossrevenue linetotal linerevenue lineamount totalprice \
          totalamount salesamount netsales grosssales turnover gmv amount total montant \
          montantttc montantligne chiffredaffaires chiffreaffaires ca totalttc sales ventes \
          itemtotal rowtotal subtotal skusubtotalafterdiscount itemrevenue totalsales totalrevenue \
          lineprice nettowert nettoumsatz umsatz verkaufe verkauf betrag nettobetrag bruttobetrag \
          gesamtbetrag gesamtpreis gesamt summe warenwert zeilensumme montantht montantnet importe \
          ingresos ventas importo totale ricavo fatturato
          order_id: orderid ordernumber orderno order invoiceno invoicenumber invoiceid invoice \
          transactionid transactionnumber transaction receiptid receiptno receipt basketid \
          ticketid ticket idcommande numerocommande numcommande nocommande commande \
          numerofacture numfacture facture \
          amazonorderid saleid salesrecordnumber ordername cartid ncommande ndecommande \
          numerodecommande nfacture auftragsnummer auftragsnr auftrag bestellung bestellnummer bestellnr bestellid belegnummer \
          belegnr beleg rechnungsnummer rechnungsnr rechnung bonnummer kassenbon pedido numeropedido \
          ordine numeroordine
          market: market marketplace saleschannel channel shop store storename country countrycode \
          site magasin boutique pays marche canal \
          land kanal filiale laden shopname pais paese mercato
          """;

  private static final String CATALOG =
      PRODUCT.replace("product_id: ", "product_id: id ")
          + """
          price: price regularprice listprice retailprice sellingprice saleprice unitprice msrp rrp \
          prix prixttc prixvente prixdevente prixpublic \
          preis verkaufspreis vkpreis precio prezzo
          launch_date: launchdate launchdateon launchedon launchedat releasedate releasedon \
          dateofrelease availabilitydate availablefrom availabledate firstavailable \
          firstavailabledate onlinesince onlinefrom introductiondate introducedon salesstart \
          startdate launch release datelancement datedelancement datesortie datedesortie \
          datedemiseenligne
          discontinued_on: discontinuedon discontinueddate discontinued enddate endoflife \
          endoflifedate salesend datearret datedarret datefin datedefin
          in_stock: instock isinstock stockstatus availability available enstock disponible \
          disponibilite
          on_hand: onhand stocklevel stockquantity stockqty inventoryquantity quantityonhand
          market: market marketplace shop store country countrycode pays marche
          unit_cost: unitcost costperitem costperunit costprice itemcost purchaseprice buyingprice \
          purchasecost costofgoodssold costofgoods cogs standardcost cost \
          coutunitaire prixachat prixdachat prixdachatht prixachatht prixderevient coutachat coutdachat cout \
          einkaufspreis ekpreis ek einstandspreis stuckkosten kosten wareneinsatz
          lead_time_days: leadtimedays leadtime supplierleadtime deliverytimedays deliverytime deliverydays \
          replenishmenttime replenishmentdays delai delaijours delailivraison delaidelivraison delaireappro \
          delaidapprovisionnement delaiapprovisionnement \
          lieferzeit lieferzeittage lieferzeitintagen wiederbeschaffungszeit lieferfrist
          moq: moq minimumorderquantity minorderquantity minimumorderqty minorderqty minimumorder minorder \
          minimumcommande minimumdecommande quantiteminimum quantiteminimale qtemin \
          quantiteminimaledecommande quantiteminimumdecommande \
          mindestbestellmenge mindestmenge mindestabnahme mindestabnahmemenge
          pack_size: packsize unitsperpack unitsperbox unitspercase unitspercarton casesize casepack packqty \
          packquantity packunits cartonsize innerpack orderunit ordermultiple colisage conditionnement \
          unitesparcarton unitesparcolis pcb \
          packungsgrosse packungsgroesse verpackungseinheit ve gebindegrosse gebindegroesse
          supplier: supplier suppliername supplierid suppliercode fournisseur nomfournisseur codefournisseur \
          lieferant lieferantenname lieferantennummer
          salvage_rate: salvagerate salvage residualrate residualvaluerate tauxrecuperation tauxderecuperation \
          tauxdereprise restwertquote restwertanteil
          image_url: imageurl imagelink imagesrc variantimage image images picture pictureurl photo photourl \
          urlimage lienimage bild bildurl bildlink produktbild
          url: url link producturl productlink permalink producturlshop urlproduit lienproduit lien urlfiche \
          produkturl produktlink webadresse
          """;

  private static final String TRENDS =
      """
      keyword: keyword keywords searchterm searchquery term query hashtag hashtagname topic motcle \
      motscles requete recherche terme \
      searchqueries trend suchbegriff suchanfrage stichwort begriff palabraclave termino \
      parolachiave
      date: date day week weekstart month datetime timestamp time observedon crawldate pulldate \
      jour semaine mois ds reportingdate datum tag woche monat
      value: value interest searchinterest interestovertime score searchvolume searches views \
      videoviews viewcount hits popularity volume index count valeur interet popularite vues \
      searchqueryvolume avgmonthlysearches volumederecherche volumen suchvolumen interesse interes
      geo: geo geocode country countrycode region place location pays lieu zone
      metric: metric metricname measure mesure
      """;

  private static final String STOCK =
      PRODUCT
          + """
          date: date stockdate inventorydate snapshotdate countdate day dateofstock asof datestock \
          dateinventaire datum bestandsdatum lagerdatum fecha data
          on_hand: onhand onhandcurrent onhandunits onhandqty quantityonhand qtyonhand stock stocklevel \
          stockonhand instockquantity stockquantity stockqty inventory inventorylevel inventoryquantity \
          availablequantity availableunits unitsinstock available stockdisponible quantitestock \
          stockactuel quantiteenstock bestand lagerbestand lagermenge existencias giacenza
          in_stock: instock isinstock stockstatus availability enstock disponible disponibilite
          on_order: onorder unitsonorder qtyonorder quantityonorder incoming inbound openorders \
          encommande bestellt offenebestellungen
          next_arrival: nextarrival arrivaldate expectedarrival expecteddate eta nextdelivery \
          deliverydate datearrivee datelivraison lieferdatum
          market: market marketplace shop store storename country countrycode pays marche land filiale
          """;

  private static final String CALENDAR =
      """
      starts_on: startson startdate start startsat begin begins beginson begindate from validfrom \
      promostart datedebut debut du beginn startdatum von
      ends_on: endson enddate end endsat ends until to validto validuntil promoend datefin fin au \
      ende enddatum bis
      kind: kind eventkind eventtype promotype type art
      scope: scope level
      subject: subject sku productid product category productsku itemcode
      depth: depth discount discountshare discountrate reduction remise rabatt
      planned_on: plannedon planneddate announcedon createdon decidedon
      market: market marketplace shop store country countrycode pays marche land
      """;

  private static final Map<SourceKind, Map<String, List<String>>> NAMES =
      new EnumMap<>(
          Map.of(
              SourceKind.SALES, parsed(SALES),
              SourceKind.CATALOG, parsed(CATALOG),
              SourceKind.TRENDS, parsed(TRENDS),
              SourceKind.STOCK, parsed(STOCK),
              SourceKind.CALENDAR, parsed(CALENDAR)));

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern SIGNS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private FieldNames() {}

  /**
   * Returns the column that most likely fills a field; empty if no column has a known name of the
   * field.
   */
  public static Optional<String> column(SourceKind kind, String field, Collection<String> columns) {
    return columns(kind, field, columns).stream().findFirst();
  }

  /** Returns the columns with a known name of a field, the most likely first. */
  public static List<String> columns(SourceKind kind, String field, Collection<String> columns) {
    List<String> names = NAMES.getOrDefault(kind, Map.of()).getOrDefault(field, List.of());
    return columns.stream()
        .filter(column -> names.contains(plain(column)))
        .sorted(Comparator.comparingInt(column -> names.indexOf(plain(column))))
        .toList();
  }

  /** Returns whether the name is a known name of a field of any kind. */
  public static boolean isKnown(String column) {
    return NAMES.values().stream()
        .flatMap(fields -> fields.values().stream())
        .anyMatch(names -> names.contains(plain(column)));
  }

  /**
   * Returns the letters and digits of a name in lower case and without accents, which makes {@code
   * Prix unitaire} and {@code prix_unitaire} equal.
   */
  public static String plain(String name) {
    // The name of a path in JSON is its last step.
    String last = name.matches("\\S+/\\S+") ? name.substring(name.lastIndexOf('/') + 1) : name;
    String bare = ACCENTS.matcher(Normalizer.normalize(last, Normalizer.Form.NFD)).replaceAll("");
    return SIGNS.matcher(bare).replaceAll("").toLowerCase(Locale.ROOT);
  }

  private static Map<String, List<String>> parsed(String table) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    table
        .lines()
        .map(line -> line.split(": ", 2))
        .forEach(line -> names.put(line[0], Arrays.asList(line[1].split(" +"))));
    return names;
  }
}
