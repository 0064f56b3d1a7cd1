package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// rest is a proxy of the emulator's REST API.
type rest struct {
	backend http.Handler
	faults  *faults
	// jobs holds the responses to inserted jobs by id. The lock of database guards it, because two requests with the same
	// id may arrive at the same time.
	jobs map[string][]byte
}

func serveREST(at, backend string, faults *faults) error {
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: backend})
	mux := http.NewServeMux()
	mux.Handle("/faults", faults)
	mux.Handle("/", &rest{backend: proxy, faults: faults, jobs: map[string][]byte{}})
	return serve(at, mux)
}

func (r *rest) ServeHTTP(answer http.ResponseWriter, request *http.Request) {
	fault := r.faults.next(request.Method + " " + request.URL.Path)
	if fault.Do == "refuse" {
		refuse(answer, fault.Status, fault.Reason)
		return
	}
	if err := renameRequest(request); err != nil {
		http.Error(answer, err.Error(), http.StatusBadRequest)
		return
	}
	done := httptest.NewRecorder()
	database.Lock()
	r.answer(done, request)
	database.Unlock()
	switch fault.Do {
	case "lose":
		refuse(answer, http.StatusServiceUnavailable, "")
	case "reset":
		reset(answer)
	default:
		for name, values := range done.Header() {
			answer.Header()[name] = values
		}
		answer.Header().Del("Content-Length")
		answer.WriteHeader(done.Code)
		body := bytes.ReplaceAll(done.Body.Bytes(), renamedColumn, reservedColumn)
		body = quotedDay.ReplaceAll(body, []byte(`"$1"`))
		_, _ = answer.Write(seconds.ReplaceAll(body, []byte(`${1}000"`)))
	}
}

// The emulator doesn't quote the names of nested columns, so it can't create one whose name is a keyword of SQL. The
// contracts have one such column, which gets another name in the emulator.
var (
	reservedName   = "rows"
	renamed        = "rows_"
	reservedColumn = []byte(`"name":"rows"`)
	renamedColumn  = []byte(`"name":"rows_"`)
)

// quotedDay matches a day inside a record in a response of the emulator.
var quotedDay = regexp.MustCompile(`"\\"(\d{4}-\d{2}-\d{2})\\""`)

// seconds matches the time at which a table was created or changed; BigQuery returns milliseconds.
var seconds = regexp.MustCompile(`("(?:creationTime|lastModifiedTime)":"\d{10})"`)

func renameRequest(request *http.Request) error {
	// The response must be uncompressed, so that the names in it can be restored.
	request.Header.Del("Accept-Encoding")
	body, err := unpacked(request)
	body = bytes.ReplaceAll(body, reservedColumn, renamedColumn)
	if strings.HasSuffix(request.URL.Path, "/queries") {
		body = keptByNobody(body)
	}
	request.Body, request.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return err
}

// keptByNobody turns a query that only reads into a dry run. The emulator returns the rows of a dry run too; it stores the
// results of other queries and reads all of them again at each call.
func keptByNobody(body []byte) []byte {
	var query map[string]any
	if json.Unmarshal(body, &query) != nil {
		return body
	}
	if sql, ok := query["query"].(string); ok && reading.MatchString(sql) {
		query["dryRun"] = true
		body, _ = json.Marshal(query)
	}
	return body
}

var reading = regexp.MustCompile(`(?i)^\s*(select|with)\s[^;]*$`)

func (r *rest) answer(answer http.ResponseWriter, request *http.Request) {
	switch {
	case request.Method == http.MethodPost && strings.HasSuffix(request.URL.Path, "/jobs"):
		r.insertJob(answer, request)
	case request.Method == http.MethodGet && path.Base(path.Dir(request.URL.Path)) == "jobs":
		r.getJob(answer, request)
	case request.Method == http.MethodGet && path.Base(request.URL.Path) == "routines":
		// The emulator can't list a dataset's routines, of which the tables' owner has none.
		answer.Header().Set("Content-Type", "application/json")
		_, _ = answer.Write([]byte("{}"))
	default:
		r.backend.ServeHTTP(answer, request)
	}
}

// insertJob runs a job at most once per id, like BigQuery; the emulator would run it again.
func (r *rest) insertJob(answer http.ResponseWriter, request *http.Request) {
	body, err := unpacked(request)
	if err != nil {
		http.Error(answer, err.Error(), http.StatusBadRequest)
		return
	}
	var job struct{ JobReference struct{ JobID string } }
	_ = json.Unmarshal(body, &job)
	id := job.JobReference.JobID
	if _, known := r.jobs[id]; known && id != "" {
		refuse(answer, http.StatusConflict, "")
		return
	}
	done := httptest.NewRecorder()
	r.backend.ServeHTTP(done, request)
	result := typed(body, done.Body.Bytes())
	if id != "" && done.Code == http.StatusOK {
		r.jobs[id] = result
	}
	for name, values := range done.Header() {
		answer.Header()[name] = values
	}
	answer.Header().Del("Content-Length")
	answer.WriteHeader(done.Code)
	_, _ = answer.Write(result)
}

var (
	creating = regexp.MustCompile(`(?i)^(?:\s|/\*(?s:.*?)\*/)*create\s+(?:or\s+replace\s+)?(table|view)\s`)
	selected = []byte(`"statementType":"SELECT"`)
)

// typed corrects the type of a statement that creates a table or a view, which the emulator reports as a query. A client
// would look for the table with the query's rows.
func typed(asked, result []byte) []byte {
	var job struct {
		Configuration struct{ Query struct{ Query string } }
	}
	_ = json.Unmarshal(asked, &job)
	kind := creating.FindStringSubmatch(job.Configuration.Query.Query)
	if kind == nil {
		return result
	}
	return bytes.ReplaceAll(result, selected, []byte(`"statementType":"CREATE_`+strings.ToUpper(kind[1])+`"`))
}

// getJob returns the stored result of a job, because the emulator reports success for every job.
func (r *rest) getJob(answer http.ResponseWriter, request *http.Request) {
	known, ok := r.jobs[path.Base(request.URL.Path)]
	if !ok {
		r.backend.ServeHTTP(answer, request)
		return
	}
	answer.Header().Set("Content-Type", "application/json")
	_, _ = answer.Write(known)
}

// unpacked returns a request's body without compression and replaces the body of the request by it.
func unpacked(request *http.Request) ([]byte, error) {
	reader := io.Reader(request.Body)
	if request.Header.Get("Content-Encoding") == "gzip" {
		plain, err := gzip.NewReader(request.Body)
		if err != nil {
			return nil, err
		}
		reader = plain
	}
	body, err := io.ReadAll(reader)
	request.Body = io.NopCloser(bytes.NewReader(body))
	request.ContentLength = int64(len(body))
	request.Header.Del("Content-Encoding")
	return body, err
}

var reasons = map[int]string{
	http.StatusBadRequest:         "invalid",
	http.StatusUnauthorized:       "authError",
	http.StatusForbidden:          "accessDenied",
	http.StatusNotFound:           "notFound",
	http.StatusConflict:           "duplicate",
	http.StatusTooManyRequests:    "rateLimitExceeded",
	http.StatusServiceUnavailable: "backendError",
}

func refuse(answer http.ResponseWriter, status int, reason string) {
	if reason == "" {
		reason = reasons[status]
	}
	message := "injected or corrected by the front: " + reason
	answer.Header().Set("Content-Type", "application/json")
	answer.WriteHeader(status)
	_ = json.NewEncoder(answer).Encode(map[string]any{"error": map[string]any{
		"code": status, "message": message,
		"errors": []any{map[string]string{"reason": reason, "message": message, "domain": "global"}},
	}})
}

func reset(answer http.ResponseWriter) {
	connection, _, err := answer.(http.Hijacker).Hijack()
	if err == nil {
		cut(connection)
	}
}

// cut closes a connection with a TCP reset.
func cut(connection net.Conn) {
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}
