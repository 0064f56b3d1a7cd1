package io.trendflow.serving.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;

/** Answers that are workbooks (.xlsx). */
public final class WorkbookFile {
  public static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private WorkbookFile() {}

  /** Returns a workbook that browsers store under a name, which is without its ending. */
  public static HttpResponse<byte[]> attach(byte[] workbook, String name) {
    return HttpResponse.ok(workbook)
        .contentType(MediaType.of(MEDIA_TYPE))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".xlsx\"");
  }
}
