package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
)

// fault is what happens to the next calls that it fits.
type fault struct {
	// On is part of "POST /bigquery/v2/..." or of a gRPC method's name.
	On string
	// Do is refuse (before it is done), lose (the answer, after it is done) or reset (the connection, after it is done).
	Do string
	// Status is that of the refusal: 400, 401, 403, 404, 429 or 503.
	Status int
	// Reason is BigQuery's word for the refusal of a REST request, where it is not the usual one of the status.
	Reason string
	// Times is how many calls it befalls.
	Times int
}

// faults are those that are still to happen.
type faults struct {
	mutex   sync.Mutex
	pending []*fault
}

// ServeHTTP replaces the pending faults by PUT and tells them by GET.
func (f *faults) ServeHTTP(answer http.ResponseWriter, request *http.Request) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if request.Method == http.MethodPut {
		var asked []*fault
		if err := json.NewDecoder(request.Body).Decode(&asked); err != nil {
			http.Error(answer, err.Error(), http.StatusBadRequest)
			return
		}
		f.pending = asked
	}
	answer.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(answer).Encode(f.pending)
}

// next takes the fault that befalls a call, if any; it is of no kind if none does.
func (f *faults) next(call string) fault {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, candidate := range f.pending {
		if candidate.Times > 0 && strings.Contains(call, candidate.On) {
			candidate.Times--
			return *candidate
		}
	}
	return fault{}
}
