using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orleans.Metadata;
using OrleansAtlas.Contracts;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests;

/// <summary>Everything that silos, clients and stored jobs know one another by, as text: a line a method or field, and no class in
/// it.</summary>
internal static class WireNames
{
    private static readonly JsonSerializerOptions Json = new(StoreJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static string Describe(GrainManifest manifest)
    {
        var text = new StringBuilder();
        var contracts = typeof(ICollectionGrain).Assembly.GetTypes().Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)));
        foreach (var contract in contracts.OrderBy(AliasOf, StringComparer.Ordinal))
        {
            var (grain, properties) = manifest.Grains.Single(grain => Implements(grain.Value, AliasOf(contract)));
            text.Append($"interface {AliasOf(contract)}, grain {grain}, placed by {PlacementOf(properties)}\n");
            foreach (var method in contract.GetMethods().Select(AliasOf).Order(StringComparer.Ordinal))
            {
                text.Append($"  {method}\n");
            }
        }

        foreach (var (name, type) in Messages.Names.OrderBy(message => message.Key, StringComparer.Ordinal))
        {
            text.Append($"message {name}\n");
            AddFields(text, type.IsGenericTypeDefinition ? type.MakeGenericType(typeof(bool)) : type, "");
        }

        text.Append("stored .jobs/NAME.json\n");
        AddFields(text, typeof(Job), "");
        text.Append("  queued[], history[]: as these\n");
        return text.ToString();
    }

    private static bool Implements(GrainProperties grain, string contract) =>
        grain.Properties.Any(property => property.Key.StartsWith("interface.", StringComparison.Ordinal) && property.Value == contract);

    private static string PlacementOf(GrainProperties grain) =>
        string.Join(
            ',',
            new[] { "placement-strategy", "placement-filter" }.Select(key => grain.Properties.GetValueOrDefault(key)).OfType<string>()
        );

    private static string AliasOf(MemberInfo member) =>
        member.GetCustomAttributes(typeof(AliasAttribute), false).OfType<AliasAttribute>().SingleOrDefault()?.Alias
        ?? throw new InvalidOperationException($"{member.Name} has no [Alias].");

    private static void AddFields(StringBuilder text, Type type, string path)
    {
        var info = Json.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        if (info.Kind == JsonTypeInfoKind.Enumerable)
        {
            AddFields(text, info.ElementType!, path + "[]");
        }
        else if (info.Kind == JsonTypeInfoKind.Object)
        {
            // What is not written has neither.
            foreach (var field in info.Properties.Where(field => field.Get is not null || field.Set is not null))
            {
                AddFields(text, field.PropertyType, $"{path}{(path.Length > 0 ? "." : "")}{field.Name}{(field.IsRequired ? "!" : "")}");
            }
        }
        else
        {
            text.Append($"  {path}: {Kind(info.Type)}\n");
        }
    }

    private static string Kind(Type type) =>
        type.IsEnum ? string.Join('|', Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))
        : type == typeof(string) ? "text"
        : type == typeof(bool) ? "true|false"
        : type.IsPrimitive ? "number"
        : type.Name;
}
