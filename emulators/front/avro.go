package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"net/http"
	"strconv"
	"strings"
	"time"

	pb "cloud.google.com/go/bigquery/storage/apiv1/storagepb"
)

// rowsPerMessage keeps a response far below the size limit of a gRPC message.
const rowsPerMessage = 5000

// avroRead is a read session in AVRO. The front answers it with a query, because the emulator can't send null, sends
// columns in the requested order while its schema has the table's order, and does not know columns used only in the filter.
type avroRead struct {
	rest   string
	sql    string
	schema record
	text   string
}

type record struct {
	Fields []struct {
		Name string
		Type any
	}
}

// newAvroRead creates a read with the schema and the filter of the emulator's session.
func newAvroRead(rest string, session *pb.ReadSession) (*avroRead, error) {
	read := &avroRead{rest: rest, text: session.GetAvroSchema().GetSchema()}
	if err := json.Unmarshal([]byte(read.text), &read.schema); err != nil {
		return nil, err
	}
	columns := make([]string, len(read.schema.Fields))
	for i, field := range read.schema.Fields {
		columns[i] = "`" + field.Name + "`"
	}
	names := strings.Split(session.Table, "/")
	read.sql = fmt.Sprintf("SELECT %s FROM `%s.%s.%s`", strings.Join(columns, ", "), names[1], names[3], names[5])
	if restriction := session.GetReadOptions().GetRowRestriction(); restriction != "" {
		read.sql += " WHERE " + restriction
	}
	return read, nil
}

// cell is a value in a response of BigQuery's REST API: null, a string, a list of cells or a row.
type cell struct{ V any }

type row struct{ F []cell }

func (a *avroRead) rows() ([]row, error) {
	body, err := json.Marshal(map[string]any{
		"query": a.sql, "useLegacySql": false, "formatOptions": map[string]bool{"useInt64Timestamp": true}})
	if err != nil {
		return nil, err
	}
	database.Lock()
	defer database.Unlock()
	answer, err := http.Post(a.rest, "application/json", bytes.NewReader(keptByNobody(body)))
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var found struct {
		Rows  []row
		Error *struct{ Message string }
	}
	if err := json.NewDecoder(answer.Body).Decode(&found); err != nil {
		return nil, err
	}
	if found.Error != nil {
		return nil, fmt.Errorf("%s: %s", a.sql, found.Error.Message)
	}
	return found.Rows, nil
}

// send sends the rows from an offset on.
func (a *avroRead) send(offset int64, answers pb.BigQueryRead_ReadRowsServer) error {
	rows, err := a.rows()
	if err != nil {
		return err
	}
	for first := int(offset); first < len(rows); first += rowsPerMessage {
		some := rows[first:min(first+rowsPerMessage, len(rows))]
		var content []byte
		for _, row := range some {
			if content, err = a.schema.encode(content, row.F); err != nil {
				return err
			}
		}
		count := int64(len(some))
		err := answers.Send(&pb.ReadRowsResponse{
			RowCount: count,
			Rows:     &pb.ReadRowsResponse_AvroRows{AvroRows: &pb.AvroRows{SerializedBinaryRows: content, RowCount: count}},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (r record) encode(to []byte, cells []cell) ([]byte, error) {
	for i, field := range r.Fields {
		var err error
		if to, err = encode(to, field.Type, cells[i].V); err != nil {
			return nil, fmt.Errorf("%s: %w", field.Name, err)
		}
	}
	return to, nil
}

// encode appends a value according to its AVRO type, which is a name, a union with null, or an object.
func encode(to []byte, kind, value any) ([]byte, error) {
	switch kind := kind.(type) {
	case []any:
		if value == nil {
			return binary.AppendVarint(to, 0), nil
		}
		return encode(binary.AppendVarint(to, 1), kind[1], value)
	case map[string]any:
		switch kind["type"] {
		case "array":
			return encodeList(to, kind["items"], value)
		case "record":
			return encodeRecord(to, kind, value)
		}
		name, _ := kind["logicalType"].(string)
		return encodeText(to, name, value)
	}
	return encodeText(to, kind.(string), value)
}

func encodeList(to []byte, kind, value any) ([]byte, error) {
	elements, _ := value.([]any)
	if len(elements) > 0 {
		to = binary.AppendVarint(to, int64(len(elements)))
	}
	for _, element := range elements {
		var err error
		if to, err = encode(to, kind, element.(map[string]any)["v"]); err != nil {
			return nil, err
		}
	}
	return binary.AppendVarint(to, 0), nil
}

func encodeRecord(to []byte, kind map[string]any, value any) ([]byte, error) {
	cells, _ := value.(map[string]any)["f"].([]any)
	for i, field := range kind["fields"].([]any) {
		var err error
		if to, err = encode(to, field.(map[string]any)["type"], cells[i].(map[string]any)["v"]); err != nil {
			return nil, err
		}
	}
	return to, nil
}

func encodeText(to []byte, kind string, value any) ([]byte, error) {
	text, ok := value.(string)
	if !ok {
		return nil, fmt.Errorf("the value %v is not of type %s", value, kind)
	}
	switch kind {
	case "string":
		return append(binary.AppendVarint(to, int64(len(text))), text...), nil
	case "long", "timestamp-micros":
		number, err := strconv.ParseInt(text, 10, 64)
		return binary.AppendVarint(to, number), err
	case "double":
		number, err := strconv.ParseFloat(text, 64)
		return binary.LittleEndian.AppendUint64(to, math.Float64bits(number)), err
	case "boolean":
		if text == "true" {
			return append(to, 1), nil
		}
		return append(to, 0), nil
	case "date":
		day, err := time.Parse(time.DateOnly, strings.Trim(text, `"`))
		return binary.AppendVarint(to, day.Unix()/secondsPerDay), err
	case "decimal":
		return encodeDecimal(to, text)
	}
	return nil, fmt.Errorf("the front can't encode values of type %s", kind)
}

const secondsPerDay = 24 * 60 * 60

// encodeDecimal appends a NUMERIC as a number of billionths in two's complement.
func encodeDecimal(to []byte, text string) ([]byte, error) {
	number, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil, fmt.Errorf("%q is not a valid number", text)
	}
	number.Mul(number, big.NewRat(1_000_000_000, 1))
	const bytes = 16
	unsigned := new(big.Int).Set(number.Num())
	if unsigned.Sign() < 0 {
		unsigned.Add(unsigned, new(big.Int).Lsh(big.NewInt(1), 8*bytes))
	}
	return append(binary.AppendVarint(to, bytes), unsigned.FillBytes(make([]byte, bytes))...), nil
}
