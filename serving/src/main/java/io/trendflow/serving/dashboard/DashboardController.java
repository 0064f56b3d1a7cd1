package io.trendflow.serving.dashboard;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import io.trendflow.model.order.PlanWorkbook;
import io.trendflow.serving.api.Answer;
import io.trendflow.serving.api.CallerView;
import io.trendflow.serving.api.CsvAnswer;
import io.trendflow.serving.api.DecisionsController;
import io.trendflow.serving.api.History;
import io.trendflow.serving.api.OrderProposals;
import io.trendflow.serving.api.OrderQuery;
import io.trendflow.serving.api.OutcomesController;
import io.trendflow.serving.api.OverviewController;
import io.trendflow.serving.api.Product;
import io.trendflow.serving.api.ProductsController;
import io.trendflow.serving.api.RecommendationsController;
import io.trendflow.serving.api.ReportReader;
import io.trendflow.serving.api.RunResult;
import io.trendflow.serving.api.ScoreQuery;
import io.trendflow.serving.launch.LaunchesController;
import io.trendflow.serving.launch.PastLaunch;
import io.trendflow.serving.sales.SalesReader;
import io.trendflow.serving.sales.SalesWeek;
import io.trendflow.serving.snapshot.OutcomeRecord;
import io.trendflow.serving.snapshot.RollUp;
import io.trendflow.serving.web.DashboardSession;
import io.trendflow.serving.web.ProblemException;
import io.trendflow.serving.web.QueryParameters;
import io.trendflow.serving.web.SecurityHeaders;
import io.trendflow.serving.web.SessionSigner;
import io.trendflow.serving.web.WorkbookFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pages of the dashboard. They accept the parameters of the API and show its answers. */
@Controller
@Hidden
@ExecuteOn(TaskExecutors.BLOCKING)
final class DashboardController {
  private static final String MOST_RESULTS = "200";
  private static final String MOST_SIMILAR = "8";

  private final RecommendationsController recommendations;
  private final ProductsController products;
  private final LaunchesController launches;
  private final SalesReader sales;
  private final OverviewController overview;
  private final OutcomesController outcomes;
  private final DecisionsController decisions;
  private final SessionSigner sessions;
  private final OrderProposals orders;
  private final ReportReader reports;
  private final PageRenderer pages;

  DashboardController(
      RecommendationsController recommendations,
      ProductsController products,
      LaunchesController launches,
      SalesReader sales,
      OverviewController overview,
      OutcomesController outcomes,
      DecisionsController decisions,
      SessionSigner sessions,
      OrderProposals orders,
      ReportReader reports,
      PageRenderer pages) {
    this.recommendations = recommendations;
    this.products = products;
    this.launches = launches;
    this.sales = sales;
    this.overview = overview;
    this.outcomes = outcomes;
    this.decisions = decisions;
    this.sessions = sessions;
    this.orders = orders;
    this.reports = reports;
    this.pages = pages;
  }

  @Get
  @Produces(PageRenderer.HTML)
  HttpResponse<String> list(@RequestBean ScoreQuery query) {
    return list(ListKind.TODAY, query);
  }

  @Get("/launches")
  @Produces(PageRenderer.HTML)
  HttpResponse<String> launches(@RequestBean ScoreQuery query) {
    return list(ListKind.LAUNCHES, query);
  }

  @Get("/slowing")
  @Produces(PageRenderer.HTML)
  HttpResponse<String> slowing(@RequestBean ScoreQuery query) {
    return list(ListKind.SLOWING, query);
  }

  /** Shows up to four products side by side. */
  @Get("/compare")
  @Produces(PageRenderer.HTML)
  HttpResponse<String> compare(@RequestBean ScoreQuery query) {
    return pages.page(query.request(), "compare.jte", listed(ListKind.TODAY, query));
  }

  private HttpResponse<String> list(ListKind kind, ScoreQuery query) {
    ListPage page = listed(kind, query);
    return pages
        .page(query.request(), "recommendations.jte", page)
        .header("HX-Push-Url", page.address());
  }

  private ListPage listed(ListKind kind, ScoreQuery query) {
    HttpRequest<?> request = query.request();
    return ListPage.of(kind, query, CallerView.of(request), orders, PageLanguage.askedBy(request));
  }

  /**
   * Returns the recommendations as a CSV file. It has a URL of its own because a link can't ask for
   * a media type.
   */
  @Get("/recommendations.csv")
  @Produces(CsvAnswer.MEDIA_TYPE)
  StreamedFile csv(@RequestBean ScoreQuery query) {
    return recommendations.recommendationsAsCsv(query, null);
  }

  /** Returns the recommendations as a workbook. */
  @Get("/recommendations.xlsx")
  @Produces(WorkbookFile.MEDIA_TYPE)
  HttpResponse<byte[]> recommendationWorkbook(@RequestBean ScoreQuery query) throws IOException {
    return recommendations.workbook(query);
  }

  @Get("/products/{id}")
  @Produces(PageRenderer.HTML)
  HttpResponse<String> product(
      HttpRequest<?> request, String id, @Nullable @QueryValue String market) {
    Answer<Product> found = products.product(request, id, null, null);
    Product shown = products.product(request, id, market, null).items().get(0);
    List<PastLaunch> comparable = launches(request, shown);
    ProductPage page =
        new ProductPage(
            found.items(),
            shown,
            history(request, shown),
            products.similar(request, id, shown.market(), MOST_SIMILAR).items(),
            comparable,
            comparable.isEmpty() ? List.of() : launchOutcomes(request, shown),
            shown.score() == null
                ? null
                : new OrderUnits(
                    orders.candidate(CallerView.of(request), shown.score()),
                    PageLanguage.askedBy(request)),
            decisions.standing(id, Objects.requireNonNull(shown.market())),
            form(request),
            CallerView.of(request).run(),
            PageTrail.of(request),
            PageLanguage.askedBy(request));
    return pages.page(request, "product.jte", page);
  }

  @Get("/category")
  @Produces(PageRenderer.HTML)
  HttpResponse<String> category(
      HttpRequest<?> request,
      @Nullable @QueryValue String category,
      @Nullable @QueryValue String market) {
    return group(request, ProductGroup.Kind.CATEGORY, category, market);
  }

  @Get("/brand")
  @Produces(PageRenderer.HTML)
  HttpResponse<String> brand(
      HttpRequest<?> request,
      @Nullable @QueryValue String brand,
      @Nullable @QueryValue String market) {
    return group(request, ProductGroup.Kind.BRAND, brand, market);
  }

  private HttpResponse<String> group(
      HttpRequest<?> request,
      ProductGroup.Kind kind,
      @Nullable String name,
      @Nullable String market) {
    CallerView view = CallerView.of(request);
    ProductGroup group = ProductGroup.of(kind, name, view);
    String one = QueryParameters.oneOf("market", market, view.markets());
    Answer<RollUp> sums =
        switch (kind) {
          case CATEGORY -> overview.categories(request, null);
          case BRAND -> overview.brands(request, null);
        };
    List<RollUp> everywhere =
        sums.items().stream().filter(sum -> group.name().equals(sum.name())).toList();
    RollUp shown =
        everywhere.stream()
            .filter(sum -> one == null || one.equals(sum.market()))
            .findFirst()
            .orElseThrow(() -> group.unknown(String.valueOf(one)));
    GroupPage page =
        new GroupPage(
            group,
            everywhere,
            shown,
            weeks(view, group, shown.market()),
            view,
            PageTrail.of(request),
            PageLanguage.askedBy(request));
    return pages.page(request, "group.jte", page);
  }

  /** Returns the weekly sales; null if the store can't be read, and the page then omits them. */
  private @Nullable List<SalesWeek> weeks(CallerView view, ProductGroup group, String market) {
    try {
      return sales.of(view, market, group.category(), group.brand());
    } catch (ProblemException e) {
      return null;
    }
  }

  /** Returns comparable launches; empty for another product, and if the store can't be read. */
  private List<PastLaunch> launches(HttpRequest<?> request, Product product) {
    if (!List.of("launch", "delayed", "new").contains(product.lifecycle())) {
      return List.of();
    }
    try {
      return launches.launches(request, product.productId(), product.market()).items();
    } catch (ProblemException e) {
      return List.of();
    }
  }

  /** Returns what became of forecasts of launches; empty if the store can't be read. */
  private List<OutcomeRecord> launchOutcomes(HttpRequest<?> request, Product product) {
    try {
      return outcomes.ofLaunches(CallerView.of(request), Objects.requireNonNull(product.market()));
    } catch (ProblemException e) {
      return List.of();
    }
  }

  private @Nullable DecisionForm form(HttpRequest<?> request) {
    return CallerView.of(request).access().write()
        ? new DecisionForm(
            sessions.decisionToken(DashboardSession.of(request)), UUID.randomUUID().toString())
        : null;
  }

  /** Returns the history; null if the store can't be read, and the page then omits it. */
  private @Nullable History history(HttpRequest<?> request, Product product) {
    try {
      return products.history(request, product.productId(), product.market(), null).items().get(0);
    } catch (ProblemException e) {
      return null;
    }
  }

  @Get("/buy")
  @Produces(PageRenderer.HTML)
  HttpResponse<String> buy(@RequestBean OrderQuery query) {
    OrderQuery shown = BuyPage.inMarket(query);
    HttpRequest<?> request = query.request();
    BuyPage page =
        new BuyPage(
            shown, orders.propose(shown), CallerView.of(request), PageLanguage.askedBy(request));
    return pages.page(request, "buy.jte", page);
  }

  /** Returns the proposed orders as a workbook. */
  @Get("/orders.xlsx")
  @Produces(WorkbookFile.MEDIA_TYPE)
  HttpResponse<byte[]> orderWorkbook(@RequestBean OrderQuery query) throws IOException {
    OrderQuery shown = BuyPage.inMarket(query);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PlanWorkbook.write(orders.propose(shown), out);
    return WorkbookFile.attach(
        out.toByteArray(), "orders-" + CallerView.of(query.request()).run().asOf());
  }

  @Get("/trends")
  @Produces(PageRenderer.HTML)
  HttpResponse<String> trends(
      HttpRequest<?> request,
      @Nullable @QueryValue String source,
      @Nullable @QueryValue String keyword,
      @Nullable @QueryValue String category,
      @Nullable @QueryValue String geo) {
    TrendsPage page =
        new TrendsPage(
            new TrendsPage.Asked(source, keyword, category, geo),
            KeywordTrend.of(overview.movers(request, source, keyword, category, geo)),
            overview.categories(request, null).items(),
            CallerView.of(request),
            PageLanguage.askedBy(request));
    return pages.page(request, "trends.jte", page);
  }

  /**
   * Returns what became of earlier forecasts: all runs, and the best and worst products of one.
   *
   * @param run run whose products are shown; null for the latest
   */
  @Get("/results")
  @Produces(PageRenderer.HTML)
  HttpResponse<String> results(
      HttpRequest<?> request,
      @Nullable @QueryValue String run,
      @Nullable @QueryValue String market) {
    List<RunResult> results = outcomes.outcomes(request, market, MOST_RESULTS).items();
    String shown = run == null && !results.isEmpty() ? results.get(0).runId() : run;
    ResultsPage page =
        new ResultsPage(
            results,
            shown == null ? List.of() : outcomes.first(request, shown, market).items(),
            shown,
            market,
            CallerView.of(request).markets(),
            overview.models(request).items(),
            outcomes.valueAdded(CallerView.of(request)),
            PageLanguage.askedBy(request));
    return pages.page(request, "results.jte", page);
  }

  @Get("/model")
  @Produces(PageRenderer.HTML)
  HttpResponse<String> model(HttpRequest<?> request) {
    return pages.page(
        request,
        "model.jte",
        new ModelPage(overview.models(request).items(), PageLanguage.askedBy(request)));
  }

  /** Returns the report that the served model's training wrote. */
  @Get(SecurityHeaders.REPORT)
  @Produces(PageRenderer.HTML)
  byte[] report(HttpRequest<?> request) {
    return reports.served(CallerView.of(request));
  }

  @Get("/data")
  @Produces(PageRenderer.HTML)
  HttpResponse<String> data(HttpRequest<?> request) {
    boolean everything = CallerView.of(request).access().everything();
    DataPage page =
        new DataPage(
            everything ? overview.quality(request).items() : List.of(),
            everything ? outcomes.findings(request, null, null).items() : List.of(),
            overview.runs(request, null).items(),
            everything,
            PageLanguage.askedBy(request));
    return pages.page(request, "data.jte", page);
  }
}
