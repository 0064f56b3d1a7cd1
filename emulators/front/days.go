package main

import (
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
)

// writer converts the rows of a connection. Clients send a day inside a record as a number of days, which the emulator
// would store as a number, so it gets a string instead. The emulator returns that string in quotes, which rest removes.
type writer struct {
	sent, given protoreflect.MessageDescriptor
	schema      *descriptorpb.DescriptorProto
}

func newWriter(schema *descriptorpb.DescriptorProto) (*writer, error) {
	sent, err := message(schema)
	if err != nil {
		return nil, err
	}
	changed := proto.Clone(schema).(*descriptorpb.DescriptorProto)
	for _, nested := range changed.NestedType {
		daysToTexts(nested)
	}
	renameFields(changed)
	given, err := message(changed)
	return &writer{sent: sent, given: given, schema: changed}, err
}

func message(schema *descriptorpb.DescriptorProto) (protoreflect.MessageDescriptor, error) {
	file, err := protodesc.NewFile(&descriptorpb.FileDescriptorProto{
		Name: proto.String("rows"), MessageType: []*descriptorpb.DescriptorProto{schema}}, nil)
	if err != nil {
		return nil, err
	}
	return file.Messages().Get(0), nil
}

// daysToTexts turns 32-bit fields into strings; only days have 32 bits.
func daysToTexts(record *descriptorpb.DescriptorProto) {
	for _, field := range record.Field {
		if field.GetType() == descriptorpb.FieldDescriptorProto_TYPE_INT32 {
			field.Type = descriptorpb.FieldDescriptorProto_TYPE_STRING.Enum()
		}
	}
	for _, nested := range record.NestedType {
		daysToTexts(nested)
	}
}

func (w *writer) convert(rows [][]byte) ([][]byte, error) {
	converted := make([][]byte, len(rows))
	for i, row := range rows {
		from, to := dynamicpb.NewMessage(w.sent), dynamicpb.NewMessage(w.given)
		if err := proto.Unmarshal(row, from); err != nil {
			return nil, err
		}
		copyFields(from, to)
		content, err := proto.Marshal(to)
		if err != nil {
			return nil, err
		}
		converted[i] = content
	}
	return converted, nil
}

func copyFields(from, to protoreflect.Message) {
	from.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		target := to.Descriptor().Fields().ByNumber(field.Number())
		if !field.IsList() {
			to.Set(target, copied(target, value, func() protoreflect.Value { return to.NewField(target) }))
			return true
		}
		list := to.Mutable(target).List()
		for i := range value.List().Len() {
			list.Append(copied(target, value.List().Get(i), list.NewElement))
		}
		return true
	})
}

func copied(target protoreflect.FieldDescriptor, value protoreflect.Value, empty func() protoreflect.Value) protoreflect.Value {
	if target.Message() != nil {
		to := empty()
		copyFields(value.Message(), to.Message())
		return to
	}
	if day, ok := value.Interface().(int32); ok && target.Kind() == protoreflect.StringKind {
		return protoreflect.ValueOfString(time.Unix(int64(day)*secondsPerDay, 0).UTC().Format(time.DateOnly))
	}
	return value
}
