package com.iab.openrtb.response;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public class Bid {
    public String id;
    public String impid;
    public BigDecimal price;
    public String crid;
    public String adm;
    public Integer dur;
    public Integer w;
    public Integer h;
    public Integer protocol;
    public List<Integer> apis;
    public List<String> cat;
    public ObjectNode ext;

    public BidBuilder toBuilder() {
        return new BidBuilder(this);
    }

    public String getId() {
        return id;
    }

    public String getImpid() {
        return impid;
    }

    public String getAdm() {
        return adm;
    }

    public Integer getDur() {
        return dur;
    }

    public Integer getW() {
        return w;
    }

    public Integer getH() {
        return h;
    }

    public Integer getProtocol() {
        return protocol;
    }

    public List<Integer> getApis() {
        return apis;
    }

    public List<String> getCat() {
        return cat;
    }

    public static class BidBuilder {
        private final Bid bid = new Bid();

        private BidBuilder(Bid from) {
            bid.id = from.id;
            bid.impid = from.impid;
            bid.price = from.price;
            bid.crid = from.crid;
            bid.ext = from.ext;
        }

        public BidBuilder adm(String value) {
            bid.adm = value;
            return this;
        }

        public BidBuilder dur(Integer value) {
            bid.dur = value;
            return this;
        }

        public BidBuilder w(Integer value) {
            bid.w = value;
            return this;
        }

        public BidBuilder h(Integer value) {
            bid.h = value;
            return this;
        }

        public BidBuilder protocol(Integer value) {
            bid.protocol = value;
            return this;
        }

        public BidBuilder apis(List<Integer> value) {
            bid.apis = value;
            return this;
        }

        public BidBuilder cat(List<String> value) {
            bid.cat = value;
            return this;
        }

        public Bid build() {
            return bid;
        }
    }
}
