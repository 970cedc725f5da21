using System.Net.Http.Headers;
using Azure.Storage.Blobs.Models;

namespace OrleansAtlas.Azure;

/// <summary>What was taken for any web server is a server of Azure Blob Storage, and gives its films to those it knows.</summary>
internal sealed class BlobServerException(string message) : IOException(message)
{
    /// <summary>Whether an answer comes from such a server and says more than that one blob is not there.</summary>
    public static bool IsRefusal(HttpResponseHeaders headers, bool isMissing)
    {
        var reason = headers.TryGetValues("x-ms-error-code", out var codes) ? codes.First() : null;
        return headers.Server.Any(server => server.Product?.Name.Contains("Blob", StringComparison.Ordinal) == true)
            && !(isMissing && reason == BlobErrorCode.BlobNotFound);
    }
}
