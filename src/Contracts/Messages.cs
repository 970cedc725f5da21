using Orleans.Serialization;
using OrleansAtlas.Store;

namespace OrleansAtlas.Contracts;

/// <summary>Messages are Core's own records, in the JSON of the store.</summary>
public static class Messages
{
    /// <summary>Lets Core's records travel.</summary>
    public static ISerializerBuilder AddAtlasMessages(this ISerializerBuilder serializer) =>
        serializer.AddJsonSerializer(IsMessage, StoreJson.Options);

    private static bool IsMessage(Type type) => type.Assembly == typeof(StoreJson).Assembly || type.Assembly == typeof(Messages).Assembly;
}
