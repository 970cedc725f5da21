using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansAtlas.Contracts;
using OrleansAtlas.Contracts.Wires;
using OrleansAtlas.Errors;
using OrleansAtlas.Store;
using OrleansAtlas.Work;
using StackExchange.Redis;

namespace OrleansAtlas.ClusterClient;

/// <summary>A client of a cluster: submits jobs, follows and cancels them. Every call survives the loss of silos. Safe for use by several
/// threads; connect once and keep it.</summary>
public sealed partial class AtlasClusterClient : IAsyncDisposable
{
    // A silo that refuses a certificate closes the wire without a word.
    private const string NotAccepted = "; one that does not accept this client's certificate says so in its log";

    // An attempt that meets gateways of silos that died just now takes a few lost calls.
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(60);

    private readonly IHost _host;

    private AtlasClusterClient(IHost host) => _host = host;

    /// <summary>Connects to a cluster, trying for 20 s, with the secrets of <see cref="ClusterSecrets.FromEnvironment"/>.</summary>
    /// <param name="address"><c>HOST:PORT</c> of silos' gateways, several separated by commas, or <c>redis://HOST:PORT</c>, with TLS
    /// <c>rediss://HOST:PORT</c>; each with <c>/CLUSTERID</c> if that is not <c>atlas</c>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="AtlasException">The address has another form, or holds a password.</exception>
    /// <exception cref="ClusterException">No cluster answers there, or one side does not accept the other's certificate.</exception>
    public static Task<AtlasClusterClient> ConnectAsync(string address, CancellationToken cancellationToken = default) =>
        ConnectAsync(address, ClusterSecrets.FromEnvironment(), cancellationToken);

    /// <summary>Refuses an address that holds a user or a password, which others on the machine would see.</summary>
    /// <exception cref="AtlasException">It does.</exception>
    public static void RefuseSecret(string address) => ClusterAddress.RefuseSecret(address);

    /// <inheritdoc cref="ConnectAsync(string, CancellationToken)"/>
    /// <param name="address">Of the cluster.</param>
    /// <param name="secrets">What is shown to get in.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<AtlasClusterClient> ConnectAsync(
        string address,
        ClusterSecrets secrets,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(secrets);
        IHost? host = null;
        using var foreign = new ForeignCluster();
        var certificates = secrets.Wires is { } files ? new WireCertificates(files, _ => { }) : null;
        try
        {
            var place = await ClusterAddress.ParseAsync(address, secrets, cancellationToken).ConfigureAwait(false);
            host = ClusterHost.Build(place, certificates, foreign);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(ConnectLimit);
            await host.StartAsync(limit.Token).ConfigureAwait(false);
            return new AtlasClusterClient(host);
        }
        catch (Exception error)
            when (error is SocketException or RedisException or AggregateException || ClusterCalls.IsLost(error, cancellationToken))
        {
            host?.Dispose();
            if (foreign.Id is { } id)
            {
                throw new ClusterException($"The silo at '{address}' is of cluster '{id}'; give {ClusterAddress.Of(address, id)}.", error);
            }

            throw new ClusterException(
                $"No cluster answers at '{address}' ({certificates?.Refusal?.TrimEnd('.') ?? Cause(error, certificates is not null)}); "
                    + "start a silo, or give another address.",
                error
            );
        }
    }

    /// <summary>Submits films and photos; the collection is created if it does not exist. The same submission sent twice is one
    /// job; another one waits until those before it have ended.</summary>
    /// <returns>Whether the job was started, joined, queued or refused, why, and its number.</returns>
    /// <exception cref="TimeoutException">The cluster does not answer any more.</exception>
    public Task<JobReceipt> SubmitAsync(string collection, Submission submission, CancellationToken cancellationToken = default) =>
        ClusterCalls.RetryAsync(token => AskedFor(collection).SubmitAsync(submission, token), cancellationToken);

    /// <summary>Has a model fitted to all stored frames of a collection.</summary>
    /// <inheritdoc cref="SubmitAsync"/>
    public Task<JobReceipt> TrainAsync(string collection, TrainRequest request, CancellationToken cancellationToken = default) =>
        ClusterCalls.RetryAsync(token => AskedFor(collection).RetrainAsync(request, token), cancellationToken);

    /// <summary>Cancels a collection's job at work; what was done is kept, and the next one that waits begins.</summary>
    /// <exception cref="TimeoutException">The cluster does not answer any more.</exception>
    public Task CancelAsync(string collection, CancellationToken cancellationToken = default) =>
        DoAsync(token => Grain(collection).CancelAsync(token), cancellationToken);

    /// <summary>Cancels a collection's job of this number, at work or waiting; one that has ended stays as it is.</summary>
    /// <exception cref="TimeoutException">The cluster does not answer any more.</exception>
    public Task CancelAsync(string collection, int number, CancellationToken cancellationToken = default) =>
        DoAsync(token => Grain(collection).CancelJobAsync(number, token), cancellationToken);

    /// <summary>The jobs that ended lately, are at work or wait, of a collection or, with null, of all: of each the oldest first.</summary>
    /// <exception cref="TimeoutException">The cluster does not answer any more.</exception>
    public async Task<IReadOnlyList<Job>> JobsAsync(string? collection = null, CancellationToken cancellationToken = default)
    {
        var list = _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IJobListGrain>(0);
        return (await ClusterCalls.RetryAsync(token => list.ListAsync(collection, token), cancellationToken).ConfigureAwait(false)).Jobs;
    }

    /// <summary>The last job of a collection, running or ended, and its progress.</summary>
    /// <exception cref="TimeoutException">The cluster does not answer any more.</exception>
    public Task<JobStatus> StatusAsync(string collection, CancellationToken cancellationToken = default) =>
        ClusterCalls.RetryAsync(Grain(collection).StatusAsync, cancellationToken);

    /// <summary>The settings of a collection; null if it does not exist.</summary>
    /// <exception cref="TimeoutException">The cluster does not answer any more.</exception>
    public Task<CollectionSettings?> SettingsAsync(string collection, CancellationToken cancellationToken = default) =>
        ClusterCalls.RetryAsync(Grain(collection).SettingsAsync, cancellationToken);

    /// <summary>Disconnects; jobs go on.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _host.StopAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host.Dispose();
    }

    private static string Cause(Exception error, bool tls) =>
        error.GetBaseException() switch
        {
            OperationCanceledException => $"no answer within {ConnectLimit.TotalSeconds:0} s{(tls ? NotAccepted : "")}",
            SocketException socket => socket.Message.TrimEnd('.'),
            _ when IsRefusedByRedis(error) => "its Redis server did not accept this client, or has another authority's certificate: "
                + "ATLAS_REDIS_USER, ATLAS_REDIS_PASSWORD_FILE and ATLAS_REDIS_AUTHORITY_FILE name them",
            RedisException => "its Redis server does not answer",
            _ when tls => $"no silo answers{NotAccepted}",
            _ => "no silo answers; where silos' wires are TLS, ATLAS_TLS_CERTIFICATE_FILE and its fellows name certificates",
        };

    // The client of Redis says only in words why it could not connect.
    private static bool IsRefusedByRedis(Exception? error) =>
        error is not null
        && (
            error is RedisServerException or System.Security.Authentication.AuthenticationException
            || (error is RedisException && error.Message.Contains("authentication", StringComparison.OrdinalIgnoreCase))
            || IsRefusedByRedis(error.InnerException)
        );

    private static Task DoAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken) =>
        ClusterCalls.RetryAsync(
            async token =>
            {
                await call(token).ConfigureAwait(false);
                return true;
            },
            cancellationToken
        );

    // Who asks goes with the call and stands in the job.
    private ICollectionGrain AskedFor(string collection)
    {
        Caller.Is($"{Environment.UserName}@{Environment.MachineName}");
        return Grain(collection);
    }

    private ICollectionGrain Grain(string collection) =>
        _host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICollectionGrain>(collection);
}
