using System.Text.Json.Serialization;

namespace OrleansAtlas.Features;

/// <summary>Order of an input's axes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TensorLayout>))]
public enum TensorLayout
{
    /// <summary>Batch, channel, row, column.</summary>
    [JsonStringEnumMemberName("nchw")]
    Nchw,

    /// <summary>Batch, row, column, channel.</summary>
    [JsonStringEnumMemberName("nhwc")]
    Nhwc,
}
