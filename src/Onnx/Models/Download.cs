using OrleansAtlas.Errors;

namespace OrleansAtlas.Onnx.Models;

/// <summary>Fetches a file whole into memory, with limits on connecting and on silence.</summary>
internal static class Download
{
    private const int MostBytes = 1 << 30;

    /// <exception cref="ModelException">It cannot be fetched; the message says why and what to do.</exception>
    public static async Task<byte[]> ReadAsync(
        string address,
        TimeSpan connectLimit,
        TimeSpan silenceLimit,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        using var handler = new SocketsHttpHandler { ConnectTimeout = connectLimit };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            limit.CancelAfter(connectLimit);
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
            using var file = new MemoryStream();
            var buffer = new byte[1 << 16];
            while (true)
            {
                limit.CancelAfter(silenceLimit);
                var count = await body.ReadAsync(buffer, limit.Token);
                if (count == 0)
                {
                    return file.ToArray();
                }

                await file.WriteAsync(buffer.AsMemory(0, count), limit.Token);
                progress?.Report(file.Length);
                if (file.Length > MostBytes)
                {
                    throw new HttpRequestException($"it is larger than {MostBytes} bytes");
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Failed(address, e.Message, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(address, $"no answer within {connectLimit.TotalSeconds:0} seconds, or none for {silenceLimit.TotalSeconds:0}", e);
        }
    }

    private static ModelException Failed(string address, string reason, Exception e) =>
        new(
            $"{address} could not be fetched ({reason.TrimEnd('.')}); fetch it on a machine that can and give the file with "
                + "'atlas model add xception --from FILE.h5', or use the model resnet18, which comes with the program.",
            e
        );
}
